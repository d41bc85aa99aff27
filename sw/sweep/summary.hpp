#pragma once

#include <map>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "sw/sweep/database.hpp"
#include "sw/sweep/statistics.hpp"

namespace tessera::sweep {

/// Cycles by accesses: the one quantity that no run has by itself.
/// A method has none at a place where it had no accesses.
inline constexpr const char* kCyclesPerAccess = "cycles_per_access";

/// All repeats of one configuration by one method.
struct Cell {
  /// Why there is nothing to show: "ENOMEM", "refused", "crashed", "missing"; empty when repeats
  /// did the whole job, and none was ended.
  std::string trouble;
  std::string reason;  ///< the whole text of a refusal or a crash
  /// By quantity, a value a repeat in the order of seeds; none when there is trouble.
  std::map<std::string, std::vector<double>> values;
  std::vector<std::int64_t> seeds;  ///< of the repeats that have values
  std::uint64_t unfinished = 0;     ///< runs that are missing or have crashed: they may yet be done
};

/// A swept parameter that takes more than one value.
struct Axis {
  std::string key;
  std::vector<nlohmann::ordered_json> values;  ///< numbers ascending, others in the file's order
  bool numeric() const;
};

/// One combination of the axes' values, by their indices.
using Place = std::vector<std::size_t>;

/// The results of a sweep by what was swept.
struct Summary {
  std::string name;
  std::string tessera_version;
  Tally tally;
  std::vector<std::pair<std::string, std::string>> fixed;  ///< the same in all configurations
  std::vector<Axis> axes;                                  ///< without those that others determine
  std::vector<std::string> methods;
  std::vector<std::string> quantities;  ///< those that are not 0 everywhere; kCyclesPerAccess first
  /// By place, a cell a method. Not every place has to be there.
  std::map<Place, std::vector<Cell>> points;

  /// Runs are missing: what it says may change.
  bool unfinished() const { return tally.missing + tally.crashed != 0; }
  /// The cell of a method at a place, or null.
  const Cell* at(const Place& place, std::size_t method) const;
  /// "core e500mc, kernel 3.8": all axes of a place but those left out; "everywhere" if none is
  /// left.
  std::string describe(const Place& place, const std::vector<std::size_t>& left_out) const;
};

/// Reads all that is in the database.
Summary summary_of(Database& database);

/// First method's quantity : second's, seed by seed, of the seeds that both have. n is 0 when there
/// are none, or one value is 0.
Interval ratio_of(const Summary& summary, const Place& place, std::size_t first, std::size_t second,
                  const std::string& quantity);

}  // namespace tessera::sweep
