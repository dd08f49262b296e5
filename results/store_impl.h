// What the chapters of the store (store.cc, add.cc, queries.cc, merge.cc) share.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "results/database.h"
#include "results/store.h"

namespace objhound::results {

struct Store::Impl {
  Impl(std::unique_ptr<Database> opened, int busy) : database(std::move(opened)), busy_milliseconds(busy) {}

  // The id of a text in `texts`; null for the empty one where that means "none".
  int64_t text(const std::string& text);
  std::optional<int64_t> text_or_null(const std::string& text);
  int64_t generator(const std::string& name, const std::string& version, const std::string& include_flags);
  int64_t configuration(const ConfigurationRecord& record);
  int64_t program(const ProgramRecord& record);
  void refused_flags(const RefusedFlags& record);

  // Stores one compilation with all that hangs on it; its id, or nothing if the campaign has it already. Appends
  // fingerprints that are new to the database.
  std::optional<int64_t> add(int64_t campaign, const Job& job, int64_t now, std::vector<std::string>& fresh);

  // The finding with this fingerprint, made if it is new; a graver occurrence makes it graver.
  int64_t finding_of(const FindingRecord& f, int64_t configuration, int64_t now, std::vector<std::string>& fresh);

  // Makes the occurrence the one that its finding is shown by, if it is the first, graver than the one so far, or as
  // grave and with a smaller object (`object_bytes` 0: none); whether it did. The object of the one before goes if
  // nothing else shows it.
  bool make_best(int64_t finding, int64_t occurrence, uint64_t object_bytes);

  // Counts the features of a compilation.
  void reach(int64_t campaign, int64_t program, int64_t configuration, const std::vector<FeatureRecord>& features);
  int64_t feature(uint64_t hash, const FeatureName& name);
  int64_t spot(const Spot& spot);

  // Runs `work` in a write transaction. What is remembered of ids is forgotten when it fails: it was rolled back.
  template <typename Work>
  auto writing(Work&& work) {
    return attempt(database->path(), [&] {
      try {
        Writing transaction(*database);
        if constexpr (std::is_void_v<decltype(work())>) {
          work();
          transaction.commit();
        } else {
          auto value = work();
          transaction.commit();
          return value;
        }
      } catch (...) {
        texts.clear();
        reaches.clear();
        throw;
      }
    });
  }

  // Sets the wall time of this process's run of the campaign; none began here, none is noted.
  void note_run(int64_t campaign, std::optional<double> seconds = {});

  struct Run {
    int64_t id;
    std::chrono::steady_clock::time_point start;
  };

  // What a run has seen so far.
  struct Seen {
    struct Count {
      uint64_t written = 0, waiting = 0;  // functions
      int64_t seed = 0;
    };
    struct Spots {
      int64_t level;
      std::vector<int64_t> flags;
    };
    std::unordered_map<uint64_t, int64_t> features;  // ids by hash
    std::unordered_map<int64_t, Spots> spots;        // by configuration
    std::unordered_map<uint64_t, Count> counts;      // by spot and feature
  };
  void write_reach(int64_t run, uint64_t key, Seen::Count& count);

  std::unique_ptr<Database> database;
  int busy_milliseconds;
  std::unordered_map<int64_t, Run> runs;           // by campaign
  std::unordered_map<int64_t, Seen> reaches;       // by campaign
  std::unordered_map<std::string, int64_t> texts;  // ids of words seen lately
};

// Orders severities: a violation is graver than a suspect, that than an advice.
int gravity(std::string_view severity);

// Unix seconds, and as ISO 8601 in UTC ("2025-11-21T02:14:00Z").
int64_t unix_now();
std::string iso_time(int64_t unix_seconds);

}  // namespace objhound::results
