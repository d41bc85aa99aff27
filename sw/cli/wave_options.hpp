#pragma once

#include <optional>
#include <string>

#include <CLI/CLI.hpp>

#include "sw/cli/configuration.hpp"
#include "sw/machine/engines.hpp"

namespace tessera::cli {

/// --wave, --wave-from and --wave-to: what the MMU does in some cycles of a run, as a file.
class WaveOptions {
 public:
  /// Adds the options to a command.
  void add_to(CLI::App& command);

  /// Whether there are to be waves.
  bool wanted() const { return !file_.empty(); }

  /// Throws UserError unless the waves of this comparison could be written: the engine has waves,
  /// the file is named as the engine's are, the folder is there, the cycles are in order.
  void check(const Configuration& configuration) const;

  /// Begins the wave of one method; nothing if no wave is asked for. Throws as check.
  std::optional<machine::Recording> begin(const Configuration& configuration,
                                          machine::Method method) const;

 private:
  wave::Wave wave_of(const Configuration& configuration, machine::Method method) const;

  std::string file_;
  std::string from_;
  std::string to_;
};

}  // namespace tessera::cli
