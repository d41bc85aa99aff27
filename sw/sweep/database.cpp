#include "sw/sweep/database.hpp"

#include <filesystem>

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
  if (!is_there(path)) throw UserError(fmt::format("{}: there is no such file", path));
  return path;
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
    // A process that was killed early leaves a file without tables.
    const bool fresh = made || is_empty();
    if (!fresh) check(plan);
    sqlite_.execute(journal == Journal::Wal ? "PRAGMA journal_mode = WAL"
                                            : "PRAGMA journal_mode = DELETE");
    if (fresh) create(plan);
  } catch (const UserError&) {
    // What holds no tables yet is of no use to anybody.
    if (made) {
      for (const char* suffix : {"", "-wal", "-shm", "-journal"}) {
        std::error_code error;
        fs::remove(path + suffix, error);
      }
    }
    throw;
  }
}

bool Database::is_empty() {
  try {
    Statement select(sqlite_, "SELECT COUNT(*) FROM sqlite_master");
    return select.step() && select.integer(0) == 0;
  } catch (const UserError&) {
    return false;  // no SQLite at all, as check_kind() will say
  }
}

Database::Database(const std::string& path) : sqlite_(readable(path), Sqlite::Open::ReadOnly) {
  check_kind();
}

void Database::create(const Plan& plan) {
  Transaction transaction(sqlite_);
  sqlite_.execute(schema_sql(plan.axes, value_names()));
  Statement insert(sqlite_, "INSERT INTO sweep VALUES (?, ?)");
  const std::map<std::string, std::string> members{{"schema", kSweepSchema},
                                                   {"schema_version", kSweepSchemaVersion},
                                                   {"tessera_version", report::kVersion},
                                                   {"key", plan.key()},
                                                   {"name", plan.name},
                                                   {"axes", ordered_json(plan.axes).dump()}};
  for (const auto& [name, value] : members) {
    insert.bind(1, name).bind(2, value).run();
  }
  insert_configurations(sqlite_, plan);
  insert_runs(sqlite_, plan);
  transaction.commit();
}

void Database::check_kind() {
  bool ours = false;
  try {
    ours = about("schema") == kSweepSchema;
  } catch (const UserError&) {
    // No table `sweep`, or no SQLite at all.
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
  if (Database other(path); other.about("key") != about("key")) {
    throw UserError(fmt::format("{}: results of another sweep", path));
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
