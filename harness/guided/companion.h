// A process that lives beside us and answers questions: the search (engine.h), a compiler that waits before its main()
// (compile_server.h). It runs as every child does, in a process group of its own, within limits; what is special is the
// socket, which it connects to by name.
#pragma once

#include <sys/types.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <tl/expected.hpp>

#include "harness/process.h"

namespace objhound::harness {

class Companion {
 public:
  // Starts the process; `socket` is the path of a socket that is made for it, which its arguments or environment name.
  // Waits until it has connected. Fails with a line for people: it ended, or was silent for `patience_seconds`.
  static tl::expected<std::unique_ptr<Companion>, std::string> start(ProcessRunner& runner, ProcessSpec spec,
                                                                     const std::string& socket,
                                                                     double patience_seconds = 30);
  // Closes the socket, by which it knows that it is to end; one that does not within a second is killed.
  ~Companion();
  Companion(const Companion&) = delete;
  Companion& operator=(const Companion&) = delete;

  // All bytes, or false: it has ended, or `seconds` are over (negative: no limit).
  bool send(const void* bytes, size_t size);
  bool receive(void* bytes, size_t size, double seconds = -1);
  // True when there is something to receive, or the end; false when the time is over.
  bool wait(double seconds);

  // How the process ended; waits for that. Its CPU time, and what it said.
  ProcessResult end();

 private:
  Companion() = default;
  void close_socket();

  ProcessRunner* runner_ = nullptr;
  int socket_ = -1;
  std::atomic<pid_t> leader_ = 0;
  ProcessResult result_;
  std::atomic<bool> ended_ = false;
  std::thread thread_;  // waits in ProcessRunner::run()
};

}  // namespace objhound::harness
