// Opening a file that may be anything.
//
// A database travels: a shard comes from another machine, a report is asked for on a file from a bug tracker. So the
// file is input that is not trusted. SQLite is told so (defensive mode, no triggers, no views, no functions from the
// schema), the file must carry our application id and exactly the schema that our migrations make, and a file that is
// small enough is checked page by page. What is wrong deeper inside shows as an error of the query that meets it.
#include "results/database.h"

#include <SQLiteCpp/Backup.h>
#include <fmt/format.h>

#include <filesystem>
#include <utility>
#include <vector>

#include "results/schema.h"

namespace objhound::results {

namespace fs = std::filesystem;

namespace {

// quick_check reads every page; up to here that takes a small part of a second.
constexpr uintmax_t kCheckedBytes = 32 << 20;

void configure(sqlite3* handle, int option, int value) {
  int result = 0;
  sqlite3_db_config(handle, option, value, &result);
  if (result != value)
    throw Failure(fmt::format("this SQLite ({}) is built without option {}", sqlite3_libversion(), option));
}

// What the schema is made of, without the differences in white space that versions of SQLite may make.
std::vector<std::string> schema_of(SQLite::Database& handle) {
  SQLite::Statement objects(handle,
                            "SELECT type || ' ' || name || ' ' || tbl_name || ' ' || sql FROM sqlite_schema "
                            "WHERE sql IS NOT NULL AND name NOT IN ('sqlite_stat1', 'sqlite_stat4') ORDER BY 1");
  std::vector<std::string> result;
  while (objects.executeStep()) {
    std::string text = objects.getColumn(0).getString();
    std::erase_if(text, [](char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; });
    result.push_back(std::move(text));
  }
  return result;
}

int64_t pragma(SQLite::Database& handle, const char* name) {
  return handle.execAndGet(fmt::format("PRAGMA {}", name)).getInt64();
}

std::string absolute(const std::string& path) {
  // Absolute, so that a name like "file:x?mode=memory" or ":memory:" stays a name.
  return fs::absolute(path).string();
}

// The read-only way into a WAL database whose directory cannot be written (SQLite wants to make its -shm file there).
std::string immutable_uri(const std::string& path) {
  std::string uri = "file:";
  for (unsigned char c : absolute(path)) {
    uri += std::isalnum(c) || c == '/' || c == '.' || c == '-' || c == '_' ? std::string(1, static_cast<char>(c))
                                                                           : fmt::format("%{:02X}", c);
  }
  return uri + "?immutable=1";
}

void require_regular_file(const std::string& path, bool may_be_created) {
  if (path.empty() || path.find('\0') != std::string::npos) throw Failure("the database needs a file name (--db FILE)");
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (status.type() == fs::file_type::regular) return;
  if (fs::exists(status)) throw Failure(path + ": is no regular file (give the database file with --db FILE)");
  if (!may_be_created) throw Failure(path + ": there is no such database (`objhound fuzz --db FILE` makes one)");
  const fs::path directory = fs::path(absolute(path)).parent_path();
  if (!fs::is_directory(directory, error)) {
    throw Failure(fmt::format("{}: its directory does not exist (mkdir -p {})", path, directory.string()));
  }
}

}  // namespace

StoreError explain(const std::string& path, const SQLite::Exception& error) {
  const std::string why = error.what();
  switch (error.getErrorCode() & 0xff) {
    case SQLITE_NOTADB:
      return path + ": is no objhound database (name another with --db, or move this file away)";
    case SQLITE_CORRUPT:
      return fmt::format(
          "{}: the database is damaged: {} (restore a copy, or save what can be read: sqlite3 OLD .recover | sqlite3 "
          "NEW)",
          path, why);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return path + ": is locked by another program, probably another objhound (wait for it, or use another --db)";
    case SQLITE_READONLY:
      return fmt::format("{}: cannot be written: {} (make the file and its directory writable, or use another --db)",
                         path, why);
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return fmt::format(
          "{}: cannot be opened: {} (the file must be readable, and its directory too: SQLite keeps {}-wal beside it; "
          "or use another --db)",
          path, why, fs::path(path).filename().string());
    case SQLITE_FULL:
      return path + ": the disk is full (make room and start again: what was stored is safe)";
    case SQLITE_IOERR:
      return fmt::format("{}: reading or writing failed: {} (check the disk, its quota and the file size limit)", path,
                         why);
    case SQLITE_NOMEM:
      return path + ": out of memory";
    case SQLITE_TOOBIG:
      return path + ": a record is too large to be stored";
    case SQLITE_CONSTRAINT:
      return fmt::format("{}: the record does not fit the database: {} (an error in objhound, please report it)", path,
                         why);
    default:
      return fmt::format("{}: {} (SQLite error {})", path, why, error.getExtendedErrorCode());
  }
}

void apply_migrations(SQLite::Database& handle, int64_t version) {
  for (;;) {
    SQLite::Transaction transaction(handle, SQLite::TransactionBehavior::IMMEDIATE);
    // Asked again under the lock: another process may have been faster.
    const int64_t now = pragma(handle, "user_version");
    if (now >= version) return;
    handle.exec(migrations()[static_cast<size_t>(now)]);
    handle.exec(fmt::format("PRAGMA user_version = {}", now + 1));
    if (now == 0) handle.exec(fmt::format("PRAGMA application_id = {}", kApplicationId));
    transaction.commit();
  }
}

Database::Database(std::string path, const std::string& sqlite_name, int flags, int busy_milliseconds)
    : path_(std::move(path)), handle_(sqlite_name, flags, busy_milliseconds) {
  harden();
}

void Database::harden() {
  sqlite3* handle = handle_.getHandle();
  configure(handle, SQLITE_DBCONFIG_DEFENSIVE, 1);
  configure(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0);
  configure(handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0);
  configure(handle, SQLITE_DBCONFIG_ENABLE_VIEW, 0);
  configure(handle, SQLITE_DBCONFIG_DQS_DML, 0);
  configure(handle, SQLITE_DBCONFIG_DQS_DDL, 0);
  sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0);
  handle_.exec("PRAGMA cell_size_check = ON");
  handle_.exec("PRAGMA foreign_keys = ON");
}

// Throws unless the file is empty or a database of ours of this or an older version, whole as far as was looked.
void Database::identify_and_verify() {
  const int64_t application = pragma(handle_, "application_id");
  version_ = pragma(handle_, "user_version");
  const std::vector<std::string> schema = schema_of(handle_);
  if (application == 0 && version_ == 0 && schema.empty()) return;
  if (application != kApplicationId) {
    throw Failure(path_ + ": is a database of another program (name another with --db, or move this file away)");
  }
  if (version_ > current_version()) {
    throw Failure(
        fmt::format("{}: was written by a newer objhound (schema {}, this one knows {}): update objhound, or "
                    "use another --db",
                    path_, version_, current_version()));
  }
  SQLite::Database expected(":memory:", SQLite::OPEN_READWRITE);
  apply_migrations(expected, version_);
  if (schema != schema_of(expected)) {
    throw Failure(path_ +
                  ": its tables are not those of objhound: damaged, or changed by another program (restore a "
                  "copy, or use another --db)");
  }
  std::error_code error;
  const uintmax_t bytes = fs::file_size(path_, error);
  if (error || bytes > kCheckedBytes) return;
  const std::string state = handle_.execAndGet("PRAGMA quick_check(1)").getString();
  if (state != "ok") throw SQLite::Exception(state, SQLITE_CORRUPT);
}

// Durability: with synchronous=NORMAL a commit in WAL mode has been handed to the kernel when it returns, so nothing
// that a process or its group can suffer (kill -9, out of memory) loses it or tears it. Only a power failure may drop
// the last commits, never the database; the campaign then does that work again. FULL would buy that with an fsync per
// batch, on a path where compilers already keep the disk busy.
std::unique_ptr<Database> Database::open(const std::string& path, int busy_milliseconds) {
  require_regular_file(path, true);
  std::unique_ptr<Database> database(
      new Database(path, absolute(path), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, busy_milliseconds));
  SQLite::Database& handle = database->handle_;
  database->identify_and_verify();
  if (sqlite3_db_readonly(handle.getHandle(), "main") == 1) {
    throw SQLite::Exception("attempt to write a readonly database", SQLITE_READONLY);
  }
  handle.exec("PRAGMA journal_mode = WAL");
  handle.exec("PRAGMA synchronous = NORMAL");
  apply_migrations(handle, current_version());
  return database;
}

// SQLite opens the file for writing if it can, and is then told not to: only a connection that could write tidies away
// the -wal and -shm files that reading a WAL database makes.
std::unique_ptr<Database> Database::open_read_only(const std::string& path, int busy_milliseconds) {
  require_regular_file(path, false);
  const auto open_and_pin = [&](const std::string& name) {
    std::unique_ptr<Database> database(
        new Database(path, name, SQLite::OPEN_READWRITE | SQLite::OPEN_URI, busy_milliseconds));
    database->handle_.exec("PRAGMA query_only = ON");
    database->handle_.exec("BEGIN");  // one moment for all queries; ends with the connection
    database->identify_and_verify();
    return database;
  };
  std::unique_ptr<Database> database;
  try {
    database = open_and_pin(absolute(path));
  } catch (const SQLite::Exception& error) {
    const int code = error.getErrorCode() & 0xff;
    std::error_code ignored;
    if ((code != SQLITE_CANTOPEN && code != SQLITE_READONLY) || fs::exists(path + "-wal", ignored)) throw;
    database = open_and_pin(immutable_uri(path));
  }
  if (database->version_ == 0) throw Failure(path + ": is empty (`objhound fuzz --db FILE` fills it)");
  if (database->version_ < current_version()) {
    SQLite::Database copy(":memory:", SQLite::OPEN_READWRITE);
    SQLite::Backup(copy, database->handle_).executeStep();
    database->handle_ = std::move(copy);
    database->harden();
    apply_migrations(database->handle_, current_version());
  }
  return database;
}

Database::Kept& Query::take(Database& database, const char* sql) {
  auto found = database.statements_.find(sql);
  if (found == database.statements_.end()) {
    found = database.statements_.emplace(sql, Database::Kept{SQLite::Statement(database.handle_, sql), false}).first;
  }
  Database::Kept& kept = found->second;
  if (kept.in_use) throw Failure(database.path() + ": internal error: a query inside itself: " + sql);
  return kept;
}

Query::~Query() {
  // Reset at once: a statement that waits half-way holds a read lock and keeps the WAL from being folded in. Its
  // result repeats an error that was already thrown.
  kept_.statement.tryReset();
  kept_.statement.clearBindings();
  kept_.in_use = false;
}

}  // namespace objhound::results
