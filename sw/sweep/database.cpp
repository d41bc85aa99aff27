#include "sw/sweep/database.hpp"

#include <filesystem>
#include <fstream>

#include <fmt/core.h>

#include "model/types/user_error.hpp"
#include "sw/report/atomic_file.hpp"
#include "sw/report/document.hpp"
#include "sw/report/version.hpp"
#include "sw/sweep/schema.hpp"

namespace tessera::sweep {
namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;

/// The names of all values that a run has in this version.
std::vector<std::string> value_names() {
  report::Report report;
  report.results.emplace_back();
  std::vector<std::string> names;
  for (const auto& [name, value] : numbers_of(report::to_json(report)["results"][0])) {
    names.push_back(name);
  }
  return names;
}

void collect(const ordered_json& object, const std::string& prefix,
             std::map<std::string, nlohmann::json>& numbers) {
  for (const auto& [key, value] : object.items()) {
    if (value.is_object()) collect(value, prefix + key + ".", numbers);
    if (value.is_number()) numbers[prefix + key] = value;
  }
}

void insert_configurations(Sqlite& sqlite, const Plan& plan) {
  Statement insert(sqlite, "INSERT INTO configuration VALUES (?, ?, ?)");
  std::int64_t id = 0;
  for (const PlannedConfiguration& configuration : plan.configurations) {
    insert.bind(1, id++).bind(2, configuration.point.dump());
    if (!configuration.parameters.is_null()) insert.bind(3, configuration.parameters.dump());
    insert.run();
  }
}

void insert_runs(Sqlite& sqlite, const Plan& plan) {
  Statement insert(sqlite,
                   "INSERT INTO run(key, configuration, method, seed, state, error) "
                   "VALUES (?, ?, ?, ?, ?, ?)");
  for (const PlannedRun& run : plan.runs) {
    insert.bind(1, run.key).bind(2, static_cast<std::int64_t>(run.configuration));
    insert.bind(3, run.method).bind(4, static_cast<std::int64_t>(run.seed));
    insert.bind(5, run.refusal.empty() ? "missing" : "refused");
    if (!run.refusal.empty()) insert.bind(6, run.refusal);
    insert.run();
  }
}

bool is_there(const std::string& path) {
  std::error_code error;
  return fs::exists(path, error) && fs::file_size(path, error) > 0;
}

/// Checks the place before SQLite says no more than "unable to open".
const std::string& usable(const std::string& path) {
  report::check_writable(path);
  return path;
}

const std::string& readable(const std::string& path) {
  std::error_code error;
  if (fs::is_directory(path, error)) {
    throw UserError(fmt::format("{}: is a folder; expected is the SQLite file of a sweep", path));
  }
  if (!is_there(path)) throw UserError(fmt::format("{}: there is no such file", path));
  if (!std::ifstream(path)) {
    throw UserError(
        fmt::format("{}: cannot read this file: {}", path, std::generic_category().message(errno)));
  }
  return path;
}

/// The file is in WAL mode: its header has read and write version 2
/// (https://sqlite.org/fileformat2.html, 1.3).
bool is_wal(const std::string& path) {
  constexpr std::streamoff kVersions = 18;
  std::ifstream file(path, std::ios::binary);
  file.seekg(kVersions);
  return file.get() == 2 && file.get() == 2;
}

/// Who writes a file in WAL mode has a -wal beside it.
Sqlite::Open way_to_read(const std::string& path) {
  std::error_code error;
  return is_wal(path) && !fs::exists(path + "-wal", error) ? Sqlite::Open::Unchanging
                                                           : Sqlite::Open::ReadOnly;
}

void write_values(Statement& insert, const FinishedRun& run) {
  for (const auto& [name, value] : run.values) {
    insert.bind(1, run.key).bind(2, name);
    if (value.is_number_float()) {
      insert.bind(3, value.get<double>());
    } else {
      insert.bind(3, value.get<std::int64_t>());
    }
    insert.run();
  }
}

}  // namespace

std::map<std::string, nlohmann::json> numbers_of(const ordered_json& object) {
  std::map<std::string, nlohmann::json> numbers;
  collect(object, "", numbers);
  return numbers;
}

Database::Database(const std::string& path, const Plan& plan, Journal journal)
    : sqlite_(usable(path), Sqlite::Open::Create) {
  const bool made = !is_there(path);
  try {
    open(plan, journal);
  } catch (const UserError&) {
    if (made) remove_if_empty();
    throw;
  }
}

void Database::open(const Plan& plan, Journal journal) {
  // Also what a process leaves that was killed early is a file without tables.
  if (is_empty()) create(plan);
  check(plan);
  set_journal(journal);
}

/// The mode cannot change while others have the file open, and it need not: either serves.
void Database::set_journal(Journal journal) {
  try {
    sqlite_.execute(journal == Journal::Wal ? "PRAGMA journal_mode = WAL"
                                            : "PRAGMA journal_mode = DELETE");
  } catch (const SqliteError&) {
    return;
  }
}

void Database::close_journal() { set_journal(Journal::Plain); }

/// What holds no tables is of no use to anybody. Who waits for the lock sees that the file is gone.
void Database::remove_if_empty() {
  try {
    const Transaction transaction(sqlite_, Transaction::Lock::Exclusive);
    std::error_code error;
    if (is_empty()) fs::remove(sqlite_.path(), error);
  } catch (const SqliteError&) {
    return;  // somebody else is at it, or it is no database
  }
}

bool Database::is_empty() {
  try {
    Statement select(sqlite_, "SELECT COUNT(*) FROM sqlite_master");
    return select.step() && select.integer(0) == 0;
  } catch (const SqliteError& error) {
    if (!error.meaningless()) throw;
    return false;  // no SQLite at all, as check_kind() will say
  }
}

Database::Database(const std::string& path) : sqlite_(readable(path), way_to_read(path)) {
  check_kind();
}

void Database::create(const Plan& plan) {
  Transaction transaction(sqlite_, Transaction::Lock::Exclusive);
  if (sqlite_.has_moved()) {
    throw UserError(fmt::format("{}: another process has removed it", sqlite_.path()));
  }
  if (!is_empty()) return;  // another process has made it while this one waited
  fill(plan);
  transaction.commit();
}

void Database::fill(const Plan& plan) {
  sqlite_.execute(schema_sql(plan.axes, value_names()));
  Statement insert(sqlite_, "INSERT INTO sweep VALUES (?, ?)");
  const std::map<std::string, std::string> members{{"schema", kSweepSchema},
                                                   {"schema_version", kSweepSchemaVersion},
                                                   {"tessera_version", report::kVersion},
                                                   {"build", plan.build},
                                                   {"key", plan.key()},
                                                   {"name", plan.name},
                                                   {"axes", ordered_json(plan.axes).dump()}};
  for (const auto& [name, value] : members) {
    insert.bind(1, name).bind(2, value).run();
  }
  insert_configurations(sqlite_, plan);
  insert_runs(sqlite_, plan);
}

void Database::check_kind() {
  bool ours = false;
  try {
    ours = about("schema") == kSweepSchema;
  } catch (const SqliteError& error) {
    if (!error.meaningless()) throw;  // no table `sweep`, or no SQLite at all
  }
  if (!ours) throw UserError(fmt::format("{}: this is no file of a sweep", sqlite_.path()));
  if (const std::string version = about("schema_version"); version != kSweepSchemaVersion) {
    throw UserError(fmt::format("{}: schema_version {}, and this tessera ({}) reads {}",
                                sqlite_.path(), version, report::kVersion, kSweepSchemaVersion));
  }
}

void Database::check(const Plan& plan) {
  check_kind();
  const std::string version = about("tessera_version");
  if (version != report::kVersion) {
    throw UserError(
        fmt::format("{}: tessera {} began this sweep, and this is {}; name another file",
                    sqlite_.path(), version, report::kVersion));
  }
  if (about("key") != plan.key()) {
    throw UserError(fmt::format("{}: holds another sweep ({}) than {} is now; name another file",
                                sqlite_.path(), about("name"), plan.name));
  }
  // To a file that has all its runs nothing is added.
  if (about("build") != plan.build && !missing().empty()) {
    throw UserError(
        fmt::format("{}: another build of tessera {} began this sweep, and may count "
                    "otherwise; name another file",
                    sqlite_.path(), version));
  }
}

std::string Database::about(const std::string& name) {
  Statement select(sqlite_, "SELECT value FROM sweep WHERE name = ?");
  select.bind(1, name);
  return select.step() ? select.text(0) : "";
}

std::vector<std::string> Database::missing() {
  Statement select(sqlite_, "SELECT key FROM run WHERE state IN ('missing', 'crashed')");
  std::vector<std::string> keys;
  while (select.step()) {
    keys.push_back(select.text(0));
  }
  return keys;
}

void Database::add(const std::vector<FinishedRun>& runs) {
  Transaction transaction(sqlite_);
  Statement update(sqlite_,
                   "UPDATE run SET state = ?, error = ?, attempts = ?, seconds = ? "
                   "WHERE key = ? AND state IN ('missing', 'crashed')");
  Statement insert(sqlite_, "INSERT INTO value VALUES (?, ?, ?)");
  for (const FinishedRun& run : runs) {
    update.bind(1, run.state).bind(3, static_cast<std::int64_t>(run.attempts));
    update.bind(4, run.seconds).bind(5, run.key);
    if (!run.error.empty()) update.bind(2, run.error);
    update.run();
    if (sqlite_.changes() == 0) continue;  // it was done before
    write_values(insert, run);
  }
  transaction.commit();
}

void Database::merge(const std::string& path) {
  if (Database other(path);
      other.about("key") != about("key") || other.about("build") != about("build")) {
    throw UserError(fmt::format("{}: results of another sweep, or by another build", path));
  }
  Statement(sqlite_, "ATTACH ? AS slice").bind(1, path).run();
  {
    Transaction transaction(sqlite_);
    // Values first: which ones are new is told by the runs as they still are.
    sqlite_.execute(
        "INSERT OR IGNORE INTO main.value SELECT v.* FROM slice.value v "
        "JOIN slice.run s ON s.key = v.run AND s.state = 'done' "
        "JOIN main.run m ON m.key = v.run AND m.state IN ('missing', 'crashed');"
        "UPDATE main.run SET (state, error, attempts, seconds) = "
        "(SELECT s.state, s.error, s.attempts, s.seconds FROM slice.run s WHERE s.key = run.key) "
        "WHERE state IN ('missing', 'crashed') AND "
        "key IN (SELECT key FROM slice.run WHERE state != 'missing');");
    transaction.commit();
  }
  sqlite_.execute("DETACH slice");
}

Tally Database::tally() {
  Tally tally;
  const std::map<std::string, std::uint64_t*> counts{{"done", &tally.done},
                                                     {"refused", &tally.refused},
                                                     {"crashed", &tally.crashed},
                                                     {"missing", &tally.missing}};
  Statement select(sqlite_, "SELECT state, COUNT(*) FROM run GROUP BY state");
  while (select.step()) {
    *counts.at(select.text(0)) = static_cast<std::uint64_t>(select.integer(1));
  }
  return tally;
}

}  // namespace tessera::sweep
