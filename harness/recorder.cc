#include "harness/recorder.h"

#include <chrono>
#include <utility>

namespace objhound::harness {
namespace {

constexpr size_t kBatch = 256;     // then it is written at once
constexpr size_t kWaiting = 4096;  // then workers wait: a stuck disk must not fill the memory
constexpr auto kPatience = std::chrono::milliseconds(500);

}  // namespace

Recorder::Recorder(results::Store& store, int64_t campaign)
    : store_(store), campaign_(campaign), thread_([this] { work(); }) {}

Recorder::~Recorder() { finish(); }

void Recorder::add(std::shared_ptr<ProgramRow> program, int64_t configuration, results::CompilationRecord record) {
  push({std::move(program), configuration, {}, std::move(record), {}});
}

void Recorder::add(std::shared_ptr<ProgramRow> program, const results::ConfigurationRecord& configuration,
                   results::CompilationRecord record) {
  push({std::move(program), 0, configuration, std::move(record), {}});
}

void Recorder::add(results::RefusedFlags refused) { push({nullptr, 0, {}, {}, std::move(refused)}); }

void Recorder::add_failure(std::shared_ptr<ProgramRow> program) { push({std::move(program), 0, {}, {}, {}}); }

void Recorder::push(Item item) {
  std::unique_lock lock(mutex_);
  written_.wait(lock, [&] { return waiting_.size() < kWaiting || !error_.empty(); });
  if (!error_.empty()) return;
  waiting_.push_back(std::move(item));
  if (waiting_.size() == 1 || waiting_.size() >= kBatch) arrived_.notify_one();
}

void Recorder::finish() {
  {
    std::lock_guard lock(mutex_);
    finished_ = true;
    arrived_.notify_one();
  }
  if (thread_.joinable()) thread_.join();
}

uint64_t Recorder::new_findings() const {
  std::lock_guard lock(mutex_);
  return new_findings_;
}

std::string Recorder::error() const {
  std::lock_guard lock(mutex_);
  return error_;
}

void Recorder::work() {
  std::unique_lock lock(mutex_);
  for (;;) {
    arrived_.wait(lock, [&] { return finished_ || !waiting_.empty(); });
    arrived_.wait_for(lock, kPatience, [&] { return finished_ || waiting_.size() >= kBatch; });
    if (waiting_.empty()) break;  // finished

    std::vector<Item> items = std::exchange(waiting_, {});
    lock.unlock();
    const results::StoreResult<uint64_t> fresh = write(std::move(items));
    lock.lock();
    written_.notify_all();
    if (!fresh) {
      error_ = fresh.error();
      return;
    }
    new_findings_ += *fresh;
  }
  lock.unlock();
  const results::StoreResult<void> settled = store_.settle_reach(campaign_);
  lock.lock();
  if (!settled) error_ = settled.error();
}

results::StoreResult<uint64_t> Recorder::write(std::vector<Item> items) {
  std::vector<results::Store::Job> jobs;
  for (Item& item : items) {
    if (item.refused) {
      if (const auto known = store_.add_refused_flags(*item.refused); !known) return tl::unexpected(known.error());
      continue;
    }
    if (item.drawn) {
      const auto id = store_.intern_configuration(*item.drawn);
      if (!id) return tl::unexpected(id.error());
      item.configuration = *id;
    }
    if (item.program->id == 0) {
      const auto id = store_.intern_program(campaign_, item.program->record);
      if (!id) return tl::unexpected(id.error());
      item.program->id = *id;
    }
    if (item.configuration != 0) jobs.push_back({item.program->id, item.configuration, std::move(item.record)});
  }
  if (jobs.empty()) return 0;
  const auto fresh = store_.add(campaign_, jobs);
  if (!fresh) return tl::unexpected(fresh.error());
  return fresh->size();
}

}  // namespace objhound::harness
