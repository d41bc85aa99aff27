#pragma once

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "sw/machine/config.hpp"
#include "sw/machine/method.hpp"
#include "sw/workload/block_stream.hpp"
#include "sw/workload/workload.hpp"

namespace tessera::cli {

/// Which workload a comparison runs.
enum class WorkloadKind : std::uint8_t { Window, Dbwin, Reverse };

/// Everything that determines a comparison's result. Sizes of 0 stand for the workload's own.
struct Configuration {
  Configuration();

  WorkloadKind workload = WorkloadKind::Window;
  std::string stream = "sqlite-tpcb-16k";
  std::vector<machine::Method> methods;
  PageCount window_pages{4096};
  PageCount element_pages{0};
  PageCount file_pages{0};
  std::uint64_t accesses = 0;
  std::uint64_t passes = 1;
  std::uint64_t remaps = 20000;
  std::uint64_t touch = 1;
  std::uint64_t seed = 1;
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

/// A fresh workload for one method. `stream` must outlive it; only `window` looks at it.
std::unique_ptr<workload::Workload> make_workload(const Configuration& configuration,
                                                  const workload::BlockStream& stream,
                                                  machine::Method method);

}  // namespace tessera::cli
