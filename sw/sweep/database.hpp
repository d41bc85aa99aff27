#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "sw/sweep/plan.hpp"
#include "sw/sweep/sqlite.hpp"

namespace tessera::sweep {

/// What became of one run.
struct FinishedRun {
  std::string key;
  std::string state;  ///< "done", "refused" or "crashed", as in docs/sweeps.md
  std::string error;  ///< what ended or refused it; empty when nothing did
  unsigned attempts = 1;
  double seconds = 0;                            ///< it took, of real time
  std::map<std::string, nlohmann::json> values;  ///< all numbers of its result, by dotted name
};

/// How many runs are in each state.
struct Tally {
  std::uint64_t done = 0;
  std::uint64_t refused = 0;
  std::uint64_t crashed = 0;
  std::uint64_t missing = 0;
  std::uint64_t all() const { return done + refused + crashed + missing; }
};

/// The results of a sweep in their SQLite file (docs/sweeps.md says what is in it).
class Database {
 public:
  /// Who else is to see the file while it is written: Wal is faster, and wants a local disk.
  enum class Journal : std::uint8_t { Wal, Plain };

  /// The file for this plan, with all its runs in it, made if it is not there. Several processes
  /// may do so at once: one makes it, the others find it made. Throws UserError for a file that
  /// holds something else: no sweep, another one, one of another version, one that another build
  /// has yet to finish; and leaves no file behind that it could not make.
  Database(const std::string& path, const Plan& plan, Journal journal);

  /// A file that is there, to be read; its folder need not be writable. Throws UserError for one
  /// that holds no sweep of this version.
  explicit Database(const std::string& path);

  /// No more is to be written: unless others still write it the file is then all there is, with
  /// none beside it (-wal), and can be read wherever it is put.
  void close_journal();

  /// Keys of the runs that have no result yet, or only a crash.
  std::vector<std::string> missing();

  /// Takes what became of runs, all of it at once or nothing. A run that is done stays as it is.
  void add(const std::vector<FinishedRun>& runs);

  /// Takes all results of a file for the same plan. Doing it again changes nothing. Throws
  /// UserError when that file is of another plan, or by another build.
  void merge(const std::string& path);

  Tally tally();

  /// A member of the table `sweep`: "name", "axes" ...
  std::string about(const std::string& name);

  Sqlite& sqlite() { return sqlite_; }

 private:
  bool is_empty();
  void open(const Plan& plan, Journal journal);
  void set_journal(Journal journal);
  void create(const Plan& plan);
  void fill(const Plan& plan);
  void remove_if_empty();
  void check(const Plan& plan);
  void check_kind();

  Sqlite sqlite_;
};

/// All numbers of a JSON object by dotted name ("cycles.total"), arrays left out.
std::map<std::string, nlohmann::json> numbers_of(const nlohmann::ordered_json& object);

}  // namespace tessera::sweep
