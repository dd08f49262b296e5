#include "harness/scheduler.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <mutex>
#include <set>
#include <thread>

#include "harness/open_program.h"

namespace objhound::harness {
namespace {

std::shared_ptr<OpenProgram> program_of(const SeedWork& work) {
  auto program = std::make_shared<OpenProgram>(1, work.configurations.size());
  program->seed = work.seed;
  return program;
}

std::function<std::optional<SeedWork>()> seeds(uint64_t count, size_t configurations) {
  std::vector<size_t> all(configurations);
  for (size_t i = 0; i < configurations; ++i) all[i] = i;
  return [=, next = uint64_t{0}]() mutable -> std::optional<SeedWork> {
    if (next == count) return {};
    return SeedWork{next++, all};
  };
}

TEST(Scheduler, EveryCompilationIsDoneOnceByAnyNumberOfWorkers) {
  constexpr uint64_t kSeeds = 200;
  constexpr size_t kConfigurations = 17;
  for (size_t workers : {1u, 3u, 16u}) {
    Scheduler scheduler(workers, seeds(kSeeds, kConfigurations));
    std::mutex mutex;
    std::set<std::pair<uint64_t, size_t>> done;
    size_t twice = 0;
    std::vector<std::thread> threads;
    threads.reserve(workers);
    for (size_t worker = 0; worker < workers; ++worker)
      threads.emplace_back([&, worker] {
        for (Task task = scheduler.next(worker); task.kind != Task::Kind::Done; task = scheduler.next(worker)) {
          if (task.kind == Task::Kind::Generate) {
            scheduler.publish(worker, program_of(task.work), task.work.configurations);
            continue;
          }
          std::lock_guard lock(mutex);
          twice += !done.insert({task.program->seed, task.configuration}).second;
        }
      });
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(done.size(), kSeeds * kConfigurations);
    EXPECT_EQ(twice, 0u);
  }
}

TEST(Scheduler, OwnWorkFirstInOrderThenOthersFromTheEnd) {
  Scheduler scheduler(2, seeds(1, 3));
  const Task generate = scheduler.next(0);
  ASSERT_EQ(generate.kind, Task::Kind::Generate);
  scheduler.publish(0, program_of(generate.work), generate.work.configurations);
  EXPECT_EQ(scheduler.next(0).configuration, 0u);
  EXPECT_EQ(scheduler.next(1).configuration, 2u);
  EXPECT_EQ(scheduler.next(0).configuration, 1u);
  EXPECT_EQ(scheduler.next(0).kind, Task::Kind::Done);
  EXPECT_EQ(scheduler.next(1).kind, Task::Kind::Done);
}

TEST(Scheduler, AnIdleWorkerWaitsForTheLastProgram) {
  Scheduler scheduler(2, seeds(1, 2));
  const Task generate = scheduler.next(0);
  Task stolen;
  std::thread idle([&] { stolen = scheduler.next(1); });
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  scheduler.publish(0, program_of(generate.work), generate.work.configurations);
  idle.join();
  EXPECT_EQ(stolen.kind, Task::Kind::Compile);
}

TEST(Scheduler, ASeedWithoutProgramIsNoEnd) {
  Scheduler scheduler(1, seeds(2, 1));
  ASSERT_EQ(scheduler.next(0).kind, Task::Kind::Generate);
  scheduler.publish(0, nullptr, {});
  const Task second = scheduler.next(0);
  ASSERT_EQ(second.kind, Task::Kind::Generate);
  EXPECT_EQ(second.work.seed, 1u);
  scheduler.publish(0, nullptr, {});
  EXPECT_EQ(scheduler.next(0).kind, Task::Kind::Done);
}

TEST(Scheduler, StopEndsWorkersThatWait) {
  Scheduler scheduler(2, seeds(1, 2));
  ASSERT_EQ(scheduler.next(0).kind, Task::Kind::Generate);
  Task task;
  task.kind = Task::Kind::Compile;
  std::thread idle([&] { task = scheduler.next(1); });
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  scheduler.stop();
  idle.join();
  EXPECT_EQ(task.kind, Task::Kind::Done);
  EXPECT_EQ(scheduler.next(0).kind, Task::Kind::Done);
}

}  // namespace
}  // namespace objhound::harness
