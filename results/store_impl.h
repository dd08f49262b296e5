// What the chapters of the store (store.cc, add.cc, queries.cc, merge.cc) share.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

#include "results/database.h"
#include "results/store.h"

namespace objhound::results {

struct Store::Impl {
  explicit Impl(std::unique_ptr<Database> opened) : database(std::move(opened)) {}

  // The id of a text in `texts`; null for the empty one where that means "none".
  int64_t text(const std::string& text);
  std::optional<int64_t> text_or_null(const std::string& text);
  int64_t generator(const std::string& name, const std::string& version, const std::string& include_flags);
  int64_t configuration(const ConfigurationRecord& record);
  int64_t program(const ProgramRecord& record);

  // Stores one compilation with all that hangs on it; its id, or nothing if the campaign has it already. Appends
  // fingerprints that are new to the database.
  std::optional<int64_t> add(int64_t campaign, const Job& job, int64_t now, std::vector<std::string>& fresh);

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
        throw;
      }
    });
  }

  std::unique_ptr<Database> database;
  std::unordered_map<std::string, int64_t> texts;  // ids of words seen lately
};

// Unix seconds, and as ISO 8601 in UTC ("2025-11-21T02:14:00Z").
int64_t unix_now();
std::string iso_time(int64_t unix_seconds);

}  // namespace objhound::results
