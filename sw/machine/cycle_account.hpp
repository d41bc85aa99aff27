#pragma once

#include <array>
#include <cstddef>

#include "model/types/units.hpp"

namespace tessera::machine {

/// What a core spends its time on. Every cycle belongs to exactly one part.
enum class Part : std::uint8_t {
  User,         ///< the program: its instructions, translations and memory stalls
  Walk,         ///< translations for which the hardware walked, from request to response
  TlbMiss,      ///< TLB-miss handlers, from exception entry to rfi or bail-out
  PageFault,    ///< the page-fault path, from exception entry or bail-out to rfi
  MappingCall,  ///< mmap and remap_file_pages, from sc to rfi
  Flush,        ///< TLB invalidations, wherever they are ordered
};
inline constexpr std::size_t kParts = 6;

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

/// Names of a part and of an activity as in JSON.
const char* name_of(Part part);
const char* name_of(Activity activity);

/// Cycles by part. The parts are summed from the durations of single steps, never from the clock
/// they are later compared with.
class CycleAccount {
 public:
  /// The part that time is charged to from now on; returns the one before.
  Part enter(Part part) {
    const Part before = part_;
    part_ = part;
    return before;
  }

  /// The part that time is charged to now.
  Part part() const { return part_; }

  void charge(Cycles duration, Activity activity) {
    activities_[static_cast<std::size_t>(part_)][static_cast<std::size_t>(activity)] += duration;
  }

  /// Ends a step that took so long; its activities were charged one by one.
  void end_step(Cycles duration) { cycles_[static_cast<std::size_t>(part_)] += duration; }

  Cycles of(Part part) const { return cycles_[static_cast<std::size_t>(part)]; }
  const ActivityCycles& activities() const { return activities_; }

 private:
  std::array<Cycles, kParts> cycles_{};
  ActivityCycles activities_{};
  Part part_ = Part::User;
};

/// Charges to `part` for as long as it lives.
class AccountScope {
 public:
  AccountScope(CycleAccount& account, Part part)
      : account_(account), before_(account.enter(part)) {}
  AccountScope(const AccountScope&) = delete;
  AccountScope& operator=(const AccountScope&) = delete;
  ~AccountScope() { account_.enter(before_); }

 private:
  CycleAccount& account_;
  Part before_;
};

}  // namespace tessera::machine
