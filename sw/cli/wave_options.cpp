#include "sw/cli/wave_options.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "model/types/user_error.hpp"
#include "sw/cli/parameter_kinds.hpp"
#include "sw/report/atomic_file.hpp"

namespace tessera::cli {
namespace {

using machine::EngineDescription;

const EngineDescription& engine_of(const Configuration& configuration) {
  return *std::find_if(
      machine::engines().begin(), machine::engines().end(),
      [&](const EngineDescription& e) { return e.name == configuration.machine.engine; });
}

/// "systemc (.vcd), rtl (.fst)".
std::string engines_with_waves() {
  std::vector<std::string> texts;
  for (const EngineDescription& engine : machine::engines()) {
    if (engine.record) {
      texts.push_back(fmt::format("{} ({})", engine.name, engine.wave_extension));
    }
  }
  return fmt::format("{}", fmt::join(texts, ", "));
}

Cycles cycle_of(const char* flag, const std::string& text) {
  try {
    return Cycles(parse_number(text, 0, std::numeric_limits<std::uint64_t>::max()));
  } catch (const UserError& error) {
    throw UserError(fmt::format("{}: {}", flag, error.what()));
  }
}

}  // namespace

void WaveOptions::add_to(CLI::App& command) {
  command
      .add_option(
          "--wave", file_,
          fmt::format("Writes a wave of the MMU to this file; engines {}", engines_with_waves()))
      ->type_name("FILE");
  command.add_option("--wave-from", from_, "First cycle of the wave")
      ->default_str("the run's first")
      ->type_name("CYCLE");
  command.add_option("--wave-to", to_, "Last cycle of the wave")
      ->default_str("the run's last")
      ->type_name("CYCLE");
}

void WaveOptions::check(const Configuration& configuration) const {
  if (file_.empty()) {
    if (!from_.empty() || !to_.empty()) {
      throw UserError(fmt::format("{}: there is no --wave FILE that it could be about",
                                  from_.empty() ? "--wave-to" : "--wave-from"));
    }
    return;
  }
  const EngineDescription& engine = engine_of(configuration);
  if (!engine.record) {
    throw UserError(fmt::format("--wave: engine {} has no waves; these have: {}", engine.name,
                                engines_with_waves()));
  }
  if (std::filesystem::path(file_).extension() != engine.wave_extension) {
    throw UserError(fmt::format("--wave: '{}' does not end with {}, as waves of engine {} do",
                                file_, engine.wave_extension, engine.name));
  }
  for (const machine::Method method : configuration.methods) {
    const wave::Wave wave = wave_of(configuration, method);
    if (wave.from > wave.to) {
      throw UserError(fmt::format("--wave-from: cycle {} is after --wave-to, cycle {}",
                                  wave.from.value(), wave.to.value()));
    }
    report::check_writable(wave.file.string());
  }
}

std::optional<machine::Recording> WaveOptions::begin(const Configuration& configuration,
                                                     machine::Method method) const {
  if (file_.empty()) {
    return std::nullopt;
  }
  return engine_of(configuration).record(wave_of(configuration, method));
}

// Each method has a run of its own, and so a file: x.fst for the only one, x.rfp.fst of several.
wave::Wave WaveOptions::wave_of(const Configuration& configuration, machine::Method method) const {
  wave::Wave wave;
  wave.file = file_;
  if (configuration.methods.size() > 1) {
    const std::string extension = wave.file.extension().string();
    wave.file.replace_extension(fmt::format(".{}{}", machine::describe(method).name, extension));
  }
  if (!from_.empty()) {
    wave.from = cycle_of("--wave-from", from_);
  }
  if (!to_.empty()) {
    wave.to = cycle_of("--wave-to", to_);
  }
  return wave;
}

}  // namespace tessera::cli
