#include "harness/interrupt.h"

#include <signal.h>
#include <unistd.h>

#include <utility>

namespace objhound::harness {
namespace {

sigset_t signals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGHUP);
  return set;
}

}  // namespace

Interrupt::Interrupt(std::function<void()> last_will) : last_will_(std::move(last_will)) {
  const sigset_t set = signals();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  thread_ = std::thread([this] { work(); });
}

Interrupt::~Interrupt() {
  over_ = true;
  thread_.join();
}

void Interrupt::on_stop(std::function<void()> stop) {
  std::lock_guard lock(mutex_);
  stop_ = std::move(stop);
  if (requested_ && stop_) stop_();
}

void Interrupt::work() {
  const sigset_t set = signals();
  const timespec patience{0, 100'000'000};
  while (!over_) {
    if (sigtimedwait(&set, nullptr, &patience) < 0) continue;
    if (requested_) {
      last_will_();
      _exit(2);
    }
    std::lock_guard lock(mutex_);
    requested_ = true;
    if (stop_) stop_();
  }
}

}  // namespace objhound::harness
