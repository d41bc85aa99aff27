#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>

#include "sw/machine/accounting/interval_series.hpp"
#include "sw/machine/accounting/latency_histogram.hpp"
#include "sw/machine/accounting/slot_sums.hpp"
#include "sw/machine/config.hpp"
#include "sw/machine/counters.hpp"
#include "sw/machine/cycle_account.hpp"
#include "sw/machine/method.hpp"
#include "sw/workload/workload.hpp"

namespace tessera {
class Archive;
}

namespace tessera::machine {

/// What docs/accounting.md has beyond refills.
struct RunAccounts {
  std::array<LatencyHistogram, kLatencyKinds> latencies;
  SlotSums slots;
  std::optional<IntervalSeries> series;
};

/// What one method made of a workload.
struct RunResult {
  Method method = Method::None;
  std::optional<std::string> error;  ///< what ended the program early: "ENOMEM", "SIGBUS", ...
  bool interrupted = false;          ///< the observer asked to stop: counts what was done
  RunCounters counters;
  std::array<Cycles, kParts> cycles{};
  ActivityCycles activities{};
  std::optional<RefillAccount> refills;         ///< none without accounting
  std::shared_ptr<const RunAccounts> accounts;  ///< null without accounting

  Cycles of(Part part) const { return cycles[static_cast<std::size_t>(part)]; }
  Cycles total() const;
  /// Everything but Part::User and Part::Walk.
  Cycles kernel() const;

  /// All of it (decision 13).
  void state(Archive& archive);
};

/// Called now and then with measured iterations done and in all; false stops the run.
using Observer = std::function<bool(std::uint64_t done, std::uint64_t total)>;

/// The engines, the kernel and the bookkeeping disagree with each other: a bug in tessera, and
/// no result.
class IdentityViolation : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

/// A run under way: a workload on a machine of its own.
class Run {
 public:
  /// At the beginning. All must outlive the run. Throws UserError when the machine cannot be built.
  Run(const MachineConfig& config, Method method, workload::Workload& workload);
  Run(const Run&) = delete;
  Run& operator=(const Run&) = delete;
  ~Run();

  /// Goes on for up to 64 measured iterations: seldom enough to look up to cost nothing, often
  /// enough for Ctrl-C while a wave is written. False at the end.
  bool advance();

  /// Measured iterations that are done.
  std::uint64_t done() const;

  /// The result; `interrupted` if this is not the end. Throws IdentityViolation when it does not
  /// add up.
  RunResult finish(bool interrupted);

  /// All that changes during the run, the workload's place included (decision 13). Throws UserError
  /// unless the engine is transaction, and ArchiveError if what is read is no state of this run: it
  /// is where it was then.
  void state(Archive& archive);

 private:
  struct UnderWay;
  std::unique_ptr<UnderWay> under_way_;
};

/// Runs a workload on a fresh machine, from beginning to end or as far as
/// MachineConfig::accounting says. Throws UserError when the machine cannot be built or the run
/// ends before its warm-up, IdentityViolation when the end does not add up.
RunResult run(const MachineConfig& config, Method method, workload::Workload& workload,
              const Observer& observer);

}  // namespace tessera::machine
