#pragma once

#include <map>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "sw/sweep/database.hpp"
#include "sw/sweep/statistics.hpp"

namespace tessera::sweep {

/// Cycles by accesses: the one quantity that no run has by itself.
inline constexpr const char* kCyclesPerAccess = "cycles_per_access";

/// All repeats of one configuration by one method.
struct Cell {
  /// Why there is nothing to show: "ENOMEM", "refused", "crashed", "missing"; empty when all
  /// repeats did the whole job.
  std::string trouble;
  std::string reason;  ///< the whole text of a refusal or a crash
  /// By quantity, a value a repeat in the order of seeds; none when there is trouble.
  std::map<std::string, std::vector<double>> values;
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
  std::vector<Axis> axes;  ///< without those that others determine
  std::vector<std::string> methods;
  std::vector<std::string> quantities;  ///< those that are not 0 everywhere; kCyclesPerAccess first
  /// By place, a cell a method. Not every place has to be there.
  std::map<Place, std::vector<Cell>> points;

  /// The cell of a method at a place, or null.
  const Cell* at(const Place& place, std::size_t method) const;
  /// "core e500mc, kernel 3.8": all axes of a place but those left out.
  std::string describe(const Place& place, const std::vector<std::size_t>& left_out) const;
};

/// Reads all that is in the database.
Summary summary_of(Database& database);

/// First method's quantity : second's, seed by seed. n is 0 when one of them has none, or 0.
Interval ratio_of(const Summary& summary, const Place& place, std::size_t first, std::size_t second,
                  const std::string& quantity);

}  // namespace tessera::sweep
