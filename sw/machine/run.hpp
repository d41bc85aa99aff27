#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>

#include "sw/machine/config.hpp"
#include "sw/machine/counters.hpp"
#include "sw/machine/cycle_account.hpp"
#include "sw/machine/method.hpp"
#include "sw/workload/workload.hpp"

namespace tessera::machine {

/// What one method made of a workload.
struct RunResult {
  Method method = Method::None;
  std::optional<std::string> error;  ///< what ended the program early: "ENOMEM", "SIGBUS", ...
  bool interrupted = false;          ///< the observer asked to stop: counts what was done
  RunCounters counters;
  std::array<Cycles, kParts> cycles{};

  Cycles of(Part part) const { return cycles[static_cast<std::size_t>(part)]; }
  Cycles total() const;
  /// Everything but Part::User and Part::Walk.
  Cycles kernel() const;
};

/// Called now and then with measured iterations done and in all; false stops the run.
using Observer = std::function<bool(std::uint64_t done, std::uint64_t total)>;

/// The engines, the kernel and the bookkeeping disagree with each other: a bug in tessera, and
/// no result.
class IdentityViolation : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

/// Runs a workload from beginning to end on a fresh machine. Throws UserError when the machine
/// cannot be built, IdentityViolation when the end does not add up.
RunResult run(const MachineConfig& config, Method method, workload::Workload& workload,
              const Observer& observer);

}  // namespace tessera::machine
