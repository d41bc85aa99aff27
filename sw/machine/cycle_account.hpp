#pragma once

#include <array>
#include <cstddef>
#include <numeric>

#include "model/types/units.hpp"
#include "sw/machine/accounting/timeline.hpp"
#include "sw/machine/part.hpp"

namespace tessera {
class Archive;
}

namespace tessera::machine {

/// What the core does in a cycle, whoever it does it for. Every cycle belongs to exactly one.
enum class Activity : std::uint8_t {
  Instructions,     ///< instructions that touch neither memory nor the MMU, one a cycle
  Translation,      ///< what every translation takes: an L1 hit's cycles, of a miss the same number
  L2Penalty,        ///< the rest of a translation that missed L1; a walker's own steps
  MemoryStall,      ///< waiting for caches or memory: of loads, stores, and a walker's loads
  MmuInstructions,  ///< tlbwe, tlbilx, mtspr to the MMU ..., and isync behind them
  Exceptions,       ///< exception entry and rfi
};
inline constexpr std::size_t kActivities = 6;

/// Cycles by part and activity.
using ActivityCycles = std::array<std::array<Cycles, kActivities>, kParts>;

/// Name of an activity as in JSON.
const char* name_of(Activity activity);

/// What an activity holds, in one line.
const char* meaning_of(Activity activity);

/// Cycles by part. The parts are summed from the durations of single steps, never from the clock
/// they are later compared with.
class CycleAccount {
 public:
  /// The part that time is charged to from now on; returns the one before, to end with.
  Part begin(Part part) {
    if (timeline_ != nullptr) timeline_->begin(part, total());
    const Part before = part_;
    part_ = part;
    return before;
  }
  void end(Part before) {
    if (timeline_ != nullptr) timeline_->end(part_, total());
    part_ = before;
  }

  /// Tells it of all parts from now on; it must outlive the account.
  void tell(Timeline* timeline) { timeline_ = timeline; }

  void charge(Cycles duration, Activity activity) {
    activities_[static_cast<std::size_t>(part_)][static_cast<std::size_t>(activity)] += duration;
  }

  /// Ends a step that took so long; its activities were charged one by one.
  void end_step(Cycles duration) { cycles_[static_cast<std::size_t>(part_)] += duration; }

  Cycles of(Part part) const { return cycles_[static_cast<std::size_t>(part)]; }
  const ActivityCycles& activities() const { return activities_; }
  /// All cycles since reset.
  Cycles total() const { return std::accumulate(cycles_.begin(), cycles_.end(), Cycles(0)); }

  /// What changes during a run (decision 13).
  void state(Archive& archive);

 private:
  std::array<Cycles, kParts> cycles_{};
  ActivityCycles activities_{};
  Part part_ = Part::User;
  Timeline* timeline_ = nullptr;
};

/// Charges to `part` for as long as it lives.
class AccountScope {
 public:
  AccountScope(CycleAccount& account, Part part)
      : account_(account), before_(account.begin(part)) {}
  AccountScope(const AccountScope&) = delete;
  AccountScope& operator=(const AccountScope&) = delete;
  ~AccountScope() { account_.end(before_); }

 private:
  CycleAccount& account_;
  Part before_;
};

}  // namespace tessera::machine
