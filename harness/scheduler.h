// Who does what next. Each worker makes programs and works through their compilations itself; when no seeds are left
// it takes compilations over from the worker with the most, so that all cores end together.
//
// A worker that has compilations of its own goes on with them before it begins another program: few programs are open
// at a time, and their preprocessed sources stay in the caches. One lock guards it all; a compilation takes tens of
// milliseconds, and asking for the next takes less than one microsecond.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace objhound::harness {

struct OpenProgram;  // open_program.h; the scheduler only hands it on

struct SeedWork {
  uint64_t seed = 0;
  std::vector<size_t> configurations;  // that are still to be compiled; never empty
};

struct Task {
  enum class Kind : uint8_t { Done, Generate, Compile } kind = Kind::Done;
  SeedWork work;                         // Generate
  std::shared_ptr<OpenProgram> program;  // Compile
  size_t configuration = 0;              // Compile
};

class Scheduler {
 public:
  // `next_seed` gives the next seed with work left, nothing after the last one. It is called under the lock.
  Scheduler(size_t workers, std::function<std::optional<SeedWork>()> next_seed);

  // Blocks while other workers may still bring work. After a Generate the worker must call publish(), with no
  // configurations if there is no program.
  Task next(size_t worker);
  void publish(size_t worker, const std::shared_ptr<OpenProgram>& program, const std::vector<size_t>& configurations);
  // From now on every next() is Done.
  void stop();

 private:
  Task take_own(size_t worker);
  Task steal();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::function<std::optional<SeedWork>()> next_seed_;
  std::vector<std::deque<Task>> queues_;
  size_t generating_ = 0;  // workers between Generate and publish()
  bool seeds_left_ = true;
  bool stopped_ = false;
};

}  // namespace objhound::harness
