#pragma once

#include <array>
#include <cstddef>

#include "model/types/units.hpp"

namespace tessera {
class Archive;
}

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

/// Name of a part as in JSON.
const char* name_of(Part part);

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

  void charge(Cycles duration) { cycles_[static_cast<std::size_t>(part_)] += duration; }

  Cycles of(Part part) const { return cycles_[static_cast<std::size_t>(part)]; }

  /// What changes during a run (decision 13).
  void state(Archive& archive);

 private:
  std::array<Cycles, kParts> cycles_{};
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
