#include "harness/guided/companion.h"

#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cmath>
#include <cstring>

#include "harness/guided/socket.h"

namespace objhound::harness {
namespace {

using Clock = std::chrono::steady_clock;

constexpr double kStepSeconds = 0.05;  // how often we look whether it has ended before it has connected
constexpr double kLastSeconds = 1;

int milliseconds(double seconds) { return seconds < 0 ? -1 : static_cast<int>(std::ceil(seconds * 1000)); }

bool readable(int fd, double seconds) {
  pollfd waiting{fd, POLLIN, 0};
  int count = 0;
  do {
    count = poll(&waiting, 1, milliseconds(seconds));
  } while (count < 0 && errno == EINTR);
  return count > 0;
}

// A listening socket with this name, or -1 with errno.
int listen_at(const std::string& path) {
  sockaddr_un address;
  if (!socket_address(path.c_str(), address)) {
    errno = ENAMETOOLONG;
    return -1;
  }
  unlink(path.c_str());
  const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd >= 0 && bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 && listen(fd, 1) == 0)
    return fd;
  const int error = errno;
  if (fd >= 0) close(fd);
  errno = error;
  return -1;
}

}  // namespace

tl::expected<std::unique_ptr<Companion>, std::string> Companion::start(ProcessRunner& runner, ProcessSpec spec,
                                                                       const std::string& socket,
                                                                       double patience_seconds) {
  const std::string program = spec.argv.at(0);
  const int listening = listen_at(socket);
  if (listening < 0) return tl::unexpected(fmt::format("{}: no socket: {}", socket, std::strerror(errno)));

  std::unique_ptr<Companion> made(new Companion);
  Companion& companion = *made;
  companion.runner_ = &runner;
  spec.on_start = [&companion](pid_t child) { companion.leader_ = child; };
  companion.thread_ = std::thread([&companion, &runner, spec = std::move(spec)] {
    companion.result_ = runner.run(spec);
    companion.ended_ = true;
  });
  const auto until = Clock::now() + std::chrono::duration<double>(patience_seconds);
  while (companion.socket_ < 0 && !companion.ended_ && Clock::now() < until)
    if (readable(listening, kStepSeconds)) companion.socket_ = accept4(listening, nullptr, nullptr, SOCK_CLOEXEC);
  close(listening);
  unlink(socket.c_str());
  if (companion.socket_ >= 0) return made;
  if (!companion.ended_)
    return tl::unexpected(fmt::format("{}: started, and not heard of for {} s", program, patience_seconds));
  const ProcessResult result = companion.end();
  return tl::unexpected(fmt::format("{}: {}{}", program, result.summary(),
                                    result.err.empty() ? "" : ": " + result.err.substr(0, result.err.find('\n'))));
}

Companion::~Companion() { end(); }

void Companion::close_socket() {
  if (socket_ >= 0) close(socket_);
  socket_ = -1;
}

bool Companion::send(const void* bytes, size_t size) { return send_all(socket_, bytes, size); }

bool Companion::receive(void* bytes, size_t size, double seconds) {
  char* at = static_cast<char*>(bytes);
  const auto until = Clock::now() + std::chrono::duration<double>(std::max(0.0, seconds));
  while (size > 0) {
    const double left = seconds < 0 ? -1 : std::chrono::duration<double>(until - Clock::now()).count();
    if (seconds >= 0 && !readable(socket_, std::max(0.0, left))) return false;
    const ssize_t got = recv(socket_, at, size, 0);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    at += got;
    size -= static_cast<size_t>(got);
  }
  return true;
}

bool Companion::wait(double seconds) { return readable(socket_, seconds); }

ProcessResult Companion::end() {
  close_socket();
  const auto until = Clock::now() + std::chrono::duration<double>(kLastSeconds);
  while (!ended_ && Clock::now() < until) usleep(2000);
  if (runner_ != nullptr) runner_->stop(leader_);
  if (thread_.joinable()) thread_.join();
  return result_;
}

}  // namespace objhound::harness
