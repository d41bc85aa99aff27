#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "sw/cli/configuration.hpp"

namespace tessera::cli {

/// One value that a swept parameter takes: as --set has it, and as the file has it.
struct SweptValue {
  Assignment assignment;
  nlohmann::ordered_json value;
};

/// A swept parameter and its values, in the order of the file.
struct GridAxis {
  std::string key;
  std::vector<SweptValue> values;
};

/// What a sweep's file says (docs/sweeps.md), with all that it extends.
struct SweepFile {
  std::string path;
  std::vector<Assignment> fixed;              ///< the same in all configurations
  std::vector<std::vector<SweptValue>> list;  ///< combined with the whole grid; may be empty
  std::vector<GridAxis> grid;                 ///< every value with every other; may be empty
  std::uint64_t seeds = 1;                    ///< repeats, with one seed behind the other
};

/// Reads a sweep's file. Throws UserError for what cannot be read, for parameters that do not
/// exist (with what may have been meant), for ranges without end and for values that are no
/// scalars.
SweepFile read_sweep_file(const std::string& path);

}  // namespace tessera::cli
