// The one writer. Workers hand over what they have found out and go on; a thread of its own puts it into the database,
// many records to a transaction, none later than half a second after it was handed over.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "results/records.h"
#include "results/store.h"

namespace objhound::harness {

// A program's row is written with its first compilation. Only the writer touches `id` and `failed`.
struct ProgramRow {
  results::ProgramRecord record;
  int64_t id = 0;  // 0: not written yet
};

class Recorder {
 public:
  Recorder(results::Store& store, int64_t campaign);
  // Writes what is there.
  ~Recorder();

  // Blocks while thousands of records wait to be written.
  void add(std::shared_ptr<ProgramRow> program, int64_t configuration, results::CompilationRecord record);
  // The same with a configuration that the database may not have yet.
  void add(std::shared_ptr<ProgramRow> program, const results::ConfigurationRecord& configuration,
           results::CompilationRecord record);
  // Is stored before whatever is added after it.
  void add(results::RefusedFlags refused);
  // A seed without a program.
  void add_failure(std::shared_ptr<ProgramRow> program);
  // Writes what is there and ends the thread. After it, error() is final.
  void finish();

  uint64_t new_findings() const;  // fingerprints that the database did not have
  // Why nothing can be written any more; empty as long as all is well.
  std::string error() const;

 private:
  struct Item {
    std::shared_ptr<ProgramRow> program;
    int64_t configuration = 0;  // 0: the program failed, or the next says it
    std::optional<results::ConfigurationRecord> drawn;
    results::CompilationRecord record;
    std::optional<results::RefusedFlags> refused;  // then there is nothing else
  };
  void push(Item item);
  void work();
  results::StoreResult<uint64_t> write(std::vector<Item> items);

  results::Store& store_;
  const int64_t campaign_;
  mutable std::mutex mutex_;
  std::condition_variable arrived_, written_;
  std::vector<Item> waiting_;
  bool finished_ = false;
  uint64_t new_findings_ = 0;
  std::string error_;
  std::thread thread_;
};

}  // namespace objhound::harness
