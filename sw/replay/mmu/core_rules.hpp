#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "model/mmu/parameters.hpp"
#include "model/mmu/registers.hpp"
#include "model/mmu/spr.hpp"
#include "model/mmu/tlb_entry.hpp"
#include "sw/replay/mmu/comparator.hpp"
#include "sw/replay/mmu/log_line.hpp"

namespace tessera::replay {

/// What a core makes otherwise than QEMU did, told from its parameters alone. Core `qemu` has
/// nothing of the kind.
class CoreRules {
 public:
  explicit CoreRules(const mmu::Parameters& core);

  /// Throws UnusableLine if a log that begins so makes no sense on the core.
  void check_header(const LogLine& header) const;

  /// Why the operation is not played, if it is not.
  std::optional<Omission> reason_not_to_play(const LogLine& operation) const;

  /// The bits of one register, `expected` in the log, that the operation leaves different.
  std::vector<OmittedBits> omitted_bits(const LogLine& operation, mmu::Spr spr,
                                        std::uint32_t expected) const;

  /// QEMU's tlbilx drops this entry of the core's, and the core's does not.
  bool only_qemu_drops(const LogLine& tlbilx, const mmu::TlbEntry& entry) const;
  /// Why such an entry goes.
  Omission dropped_because() const;

 private:
  bool hits_are_ambiguous(const LogLine& operation) const;
  bool has_odd_tsize(const LogLine& operation) const;
  std::vector<OmittedBits> omitted_of_mas0(const LogLine& operation) const;
  std::uint32_t reserved_bits(mmu::Spr spr) const;

  mmu::Parameters core_;
  mmu::Registers writable_;
};

}  // namespace tessera::replay
