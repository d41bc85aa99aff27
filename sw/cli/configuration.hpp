#pragma once

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "sw/machine/config.hpp"
#include "sw/machine/method.hpp"
#include "sw/workload/description.hpp"

namespace tessera::cli {

/// Everything that determines a comparison's result.
struct Configuration {
  Configuration();

  /// The seed in force; that of the first workload that has one, where the chosen one has none.
  std::uint64_t seed() const;

  /// Another seed; nothing changes for a workload that has none.
  void set_seed(std::uint64_t seed);

  const workload::Description* workload;  ///< never null
  workload::Choices choices;              ///< what it was told; the rest is as it comes
  std::vector<machine::Method> methods;
  machine::MachineConfig machine;
};

/// One `key = value` that the user wrote, and where: "--set", "lab.toml:12".
struct Assignment {
  std::string key;
  std::string value;
  std::string origin;
};

/// The default configuration with these assignments, the later one of a key in force. Presets
/// (core, kernel, pte) are taken first, wherever they stand, and the walker next, so that single
/// parameters change what the preset set. Throws UserError for unknown keys, impossible values, and
/// parameters that the chosen workload does not have.
Configuration configure(const std::vector<Assignment>& assignments);

/// Reads a TOML file as assignments, those of the files that it extends before its own; tables give
/// dotted keys. Throws UserError.
std::vector<Assignment> read_config_file(const std::string& path);

/// The chosen workload, told all it is told; `streams` has the streams that are known already.
/// Throws UserError when the parameters do not fit each other, or the stream cannot be read.
workload::Plan plan_of(const Configuration& configuration, workload::StreamCache& streams);

/// A fresh workload for one method; the plan must outlive it.
std::unique_ptr<workload::Workload> make_workload(const workload::Plan& plan,
                                                  machine::Method method);

}  // namespace tessera::cli
