#include "harness/scheduler.h"

#include <algorithm>
#include <utility>

namespace objhound::harness {

Scheduler::Scheduler(size_t workers, std::function<std::optional<SeedWork>()> next_seed)
    : next_seed_(std::move(next_seed)), queues_(workers) {}

Task Scheduler::take_own(size_t worker) {
  if (queues_[worker].empty()) return {};
  Task task = std::move(queues_[worker].front());
  queues_[worker].pop_front();
  return task;
}

// From the far end: the owner is at the front, with another compiler's preprocessed source.
Task Scheduler::steal() {
  auto victim = std::max_element(queues_.begin(), queues_.end(),
                                 [](const auto& a, const auto& b) { return a.size() < b.size(); });
  if (victim->empty()) return {};
  Task task = std::move(victim->back());
  victim->pop_back();
  return task;
}

Task Scheduler::next(size_t worker) {
  std::unique_lock lock(mutex_);
  for (;;) {
    if (stopped_) return {};
    if (Task task = take_own(worker); task.kind != Task::Kind::Done) return task;
    if (seeds_left_) {
      if (std::optional<SeedWork> work = next_seed_()) {
        ++generating_;
        return {Task::Kind::Generate, std::move(*work), nullptr, 0};
      }
      seeds_left_ = false;
    }
    if (Task task = steal(); task.kind != Task::Kind::Done) return task;
    if (generating_ == 0) return {};
    changed_.wait(lock);
  }
}

void Scheduler::publish(size_t worker, const std::shared_ptr<OpenProgram>& program,
                        const std::vector<size_t>& configurations) {
  std::lock_guard lock(mutex_);
  --generating_;
  for (size_t configuration : configurations)
    queues_[worker].push_back({Task::Kind::Compile, {}, program, configuration});
  changed_.notify_all();
}

void Scheduler::stop() {
  std::lock_guard lock(mutex_);
  stopped_ = true;
  changed_.notify_all();
}

}  // namespace objhound::harness
