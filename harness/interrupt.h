// Ctrl-C, kill and a closed terminal end a run the way its time being up does.
#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <thread>

namespace objhound::harness {

// From its construction on, SIGINT, SIGTERM and SIGHUP go to a thread of its own: it must be made before any other
// thread, which then inherits the blocked signals. The first signal calls `stop`; the second calls `last_will` and
// ends the process with status 2, without waiting for anything.
class Interrupt {
 public:
  explicit Interrupt(std::function<void()> last_will);
  ~Interrupt();

  // What the first signal does from now on; called at once if it has come already. Called in the interrupt's thread.
  void on_stop(std::function<void()> stop);
  bool requested() const { return requested_; }

 private:
  void work();

  std::function<void()> last_will_;
  std::mutex mutex_;
  std::function<void()> stop_;
  std::atomic<bool> requested_ = false, over_ = false;
  std::thread thread_;
};

}  // namespace objhound::harness
