// Storms with any seed on all kernels or one; scripts/soak-vm says how it is called.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include <fmt/core.h>
#include <fmt/ranges.h>

#include "model/types/user_error.hpp"
#include "sw/machine/walkers.hpp"
#include "tb/storm/mmu_stage.hpp"
#include "tb/storm/rage.hpp"

namespace tessera::storm {
namespace {

using Clock = std::chrono::steady_clock;

struct Options {
  std::uint64_t operations = 1'000'000;  ///< on each kernel
  std::uint64_t seed = std::random_device{}();
  std::vector<std::string_view> kernels = vm::kernel_names();
  std::string core = "e500mc";
  mmu::HardwareWalker walker = mmu::HardwareWalker::Off;
};

/// The walker of that name, if there is one.
std::optional<mmu::HardwareWalker> find_walker(const std::string& name) {
  for (const machine::WalkerDescription& walker : machine::walkers()) {
    if (walker.name == name) return walker.walker;
  }
  return std::nullopt;
}

std::vector<std::string_view> walker_names() {
  std::vector<std::string_view> names;
  for (const machine::WalkerDescription& walker : machine::walkers()) names.push_back(walker.name);
  return names;
}

/// Cores that leave the walker to --walker.
std::vector<std::string_view> core_names() {
  std::vector<std::string_view> names;
  for (const std::string_view name : mmu::core_names()) {
    const mmu::Parameters& parameters = mmu::find_core(name)->parameters;
    if (parameters.hardware_walker == mmu::HardwareWalker::Off) names.push_back(name);
  }
  return names;
}

bool is_core(const std::string& name) {
  const auto names = core_names();
  return std::find(names.begin(), names.end(), name) != names.end();
}

[[noreturn]] void refuse(const std::string& text) { throw UserError("tessera_soak_vm: " + text); }

/// Throws UserError for what is no number.
std::uint64_t number(const std::string& name, const std::string& text) {
  if (text.empty() || text.size() > 18 ||
      text.find_first_not_of("0123456789") != std::string::npos) {
    refuse(fmt::format("{} is '{}', but must be a number", name, text));
  }
  return std::stoull(text);
}

Options options_of(const std::vector<std::string>& words) {
  Options options;
  for (std::size_t i = 0; i < words.size(); i += 2) {
    const std::string& name = words[i];
    const std::string value = i + 1 < words.size() ? words[i + 1] : "";
    if (name == "--operations") {
      options.operations = number(name, value);
    } else if (name == "--seed") {
      options.seed = number(name, value);
    } else if (name == "--kernel" && vm::find_kernel(value) != nullptr) {
      options.kernels = {vm::find_kernel(value)->name};
    } else if (name == "--core" && is_core(value)) {
      options.core = value;
    } else if (name == "--walker" && find_walker(value)) {
      options.walker = *find_walker(value);
    } else {
      refuse(fmt::format(
          "'{} {}' is none of --operations N, --seed N, --kernel {}, --core {}, --walker {}", name,
          value, fmt::join(vm::kernel_names(), "|"), fmt::join(core_names(), "|"),
          fmt::join(walker_names(), "|")));
    }
  }
  return options;
}

/// Prints what came of it; true if nothing was wrong.
bool soak(const Options& options, std::string_view kernel) {
  const Clock::time_point begin = Clock::now();
  MmuStage stage(*mmu::find_core(options.core), *vm::find_kernel(kernel), *pte::find_format(64U),
                 options.walker);
  Storm storm(stage, options.seed);
  const std::string wrong = rage(storm, stage, options.operations);
  const std::uint64_t operations = storm.done() + storm.refused();
  fmt::print(
      "kernel {}, {}, walker {}, seed {}: {} operations ({} refused), {} flushes, {} TLB entries "
      "compared, "
      "{} pages compared ({} with one right value), {} checks of all invariants: {}; {:.0f} s\n",
      kernel, options.core, machine::describe(options.walker).name, options.seed, operations,
      storm.refused(), stage.hardware().flushes(), stage.entries_compared(),
      storm.ledger().checks(), storm.ledger().exact_checks(), operations,
      wrong.empty() ? "none violated" : wrong,
      std::chrono::duration<double>(Clock::now() - begin).count());
  std::fflush(stdout);
  return wrong.empty();
}

bool soak_all(const Options& options) {
  bool sound = true;
  for (const std::string_view kernel : options.kernels) sound = soak(options, kernel) && sound;
  return sound;
}

}  // namespace
}  // namespace tessera::storm

int main(int argc, char** argv) {
  try {
    const tessera::storm::Options options = tessera::storm::options_of({argv + 1, argv + argc});
    return tessera::storm::soak_all(options) ? 0 : 1;
  } catch (const tessera::UserError& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 2;
  }
}
