// One open database file: hardened against what may be in it, migrated, its statements kept, its errors in words.
//
// Inside this folder errors are exceptions (SQLite::Exception, Failure); attempt() at the public functions turns them
// into StoreErrors.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <bit>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <unordered_map>

#include "results/store.h"

namespace objhound::results {

// An error whose text is complete: names the file, says what is wrong and what to do.
struct Failure : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// What SQLite's error means for a user of the file at `path`, with the remedy.
StoreError explain(const std::string& path, const SQLite::Exception& error);

class Database {
 public:
  // Both throw. See Store::open and Store::open_read_only.
  static std::unique_ptr<Database> open(const std::string& path, int busy_milliseconds);
  static std::unique_ptr<Database> open_read_only(const std::string& path, int busy_milliseconds);

  const std::string& path() const { return path_; }
  SQLite::Database& handle() { return handle_; }

 private:
  friend class Query;
  struct Kept {
    SQLite::Statement statement;
    bool in_use = false;
  };

  Database(std::string path, const std::string& sqlite_name, int flags, int busy_milliseconds);
  void harden();
  void identify_and_verify();
  void migrate();

  std::string path_;
  SQLite::Database handle_;
  std::unordered_map<std::string, Kept> statements_;  // after handle_: they end before it does
  int64_t version_ = 0;
};

// Brings an empty or older database up to `version`, each step in its own transaction.
void apply_migrations(SQLite::Database& handle, int64_t version);

// One use of a statement: prepared once per database, bound, stepped, reset at the end. Columns count from 0.
class Query {
 public:
  using Bytes = std::span<const char>;

  template <typename... Values>
  Query(Database& database, const char* sql, const Values&... values) : kept_(take(database, sql)) {
    int index = 0;
    (bind(++index, values), ...);
    kept_.in_use = true;
  }
  ~Query();
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  bool next() { return kept_.statement.executeStep(); }
  void run() {
    while (next()) {
    }
  }

  bool null(int column) const { return kept_.statement.isColumnNull(column); }
  int64_t integer(int column) const { return kept_.statement.getColumn(column).getInt64(); }
  std::optional<int64_t> integer_or_null(int column) const {
    std::optional<int64_t> value;
    if (!null(column)) value.emplace(integer(column));
    return value;
  }
  uint64_t natural(int column) const { return std::bit_cast<uint64_t>(integer(column)); }
  double real(int column) const { return kept_.statement.getColumn(column).getDouble(); }
  std::string text(int column) const { return kept_.statement.getColumn(column).getString(); }
  std::optional<std::string> text_or_null(int column) const {
    std::optional<std::string> value;
    if (!null(column)) value.emplace(text(column));
    return value;
  }

 private:
  static Database::Kept& take(Database& database, const char* sql);
  void bind(int index, int64_t value) { kept_.statement.bind(index, value); }
  void bind(int index, uint64_t value) { kept_.statement.bind(index, std::bit_cast<int64_t>(value)); }
  void bind(int index, double value) { kept_.statement.bind(index, value); }
  void bind(int index, const std::string& value) { kept_.statement.bind(index, value); }
  void bind(int index, Bytes value) {
    kept_.statement.bind(index, static_cast<const void*>(value.data()), static_cast<int>(value.size()));
  }
  template <typename T>
  void bind(int index, const std::optional<T>& value) {
    value ? bind(index, *value) : kept_.statement.bind(index);
  }

  Database::Kept& kept_;
};

// A write transaction: takes the lock at once, so that it fails before any work is done; rolls back unless committed.
class Writing {
 public:
  explicit Writing(Database& database) : transaction_(database.handle(), SQLite::TransactionBehavior::IMMEDIATE) {}
  void commit() { transaction_.commit(); }

 private:
  SQLite::Transaction transaction_;
};

// Runs `work`, which may throw, and gives its value or the error in words.
template <typename Work>
auto attempt(const std::string& path, Work&& work) -> StoreResult<decltype(work())> {
  try {
    if constexpr (std::is_void_v<decltype(work())>) {
      work();
      return {};
    } else {
      return work();
    }
  } catch (const Failure& failure) {
    return tl::unexpected<StoreError>(failure.what());
  } catch (const SQLite::Exception& error) {
    return tl::unexpected<StoreError>(explain(path, error));
  } catch (const std::exception& error) {
    return tl::unexpected<StoreError>(path + ": " + error.what());
  }
}

}  // namespace objhound::results
