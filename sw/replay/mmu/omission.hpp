#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tessera::replay {

/// What is left out of a replay (tb/golden/mmu-qemu/README.md, "What to mask"). The first group is
/// left out on every core; the others say where a core that is no QEMU goes its own way.
enum class Omission : std::uint8_t {
  NotTheMmus,
  ProbeLine,
  DearOfOthers,
  DearInLine,
  NoTranslation,
  OutsideRam,

  // Bits of a register, on the lines that set them. The engine gets the log's bits afterwards, so
  // that each difference counts once.
  VictimWay,
  NextVictim,
  SelectedWay,
  SearchMissEpn,
  MissUserBits,
  ReservedBits,
  BelowPage,

  // Whole operations. The engine gets the log's MAS registers afterwards.
  SeveralHits,
  OddTsize,
  OddTlbsel,
  NoTlbilx,
  NoExternalPid,
  AbsentEntry,

  // Entries that leave the TLBs because they left QEMU's.
  GlobalEntry,
};
inline constexpr std::size_t kOmissions = 20;

/// What is left out, for a person to read: "mas0[ESEL] after a TLB error: why".
std::string_view text_of(Omission omission);

/// How often each was left out.
class Omissions {
 public:
  struct Count {
    std::uint64_t times = 0;
    std::uint64_t differed = 0;  ///< of bits alone: how often log and engine were not equal there
  };

  void count(Omission omission, bool differed = false);
  /// Adds the counts of another replay.
  void add(const Omissions& other);
  const Count& of(Omission omission) const { return counts_[static_cast<std::size_t>(omission)]; }

 private:
  std::array<Count, kOmissions> counts_{};
};

}  // namespace tessera::replay
