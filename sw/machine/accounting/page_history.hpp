#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "model/types/units.hpp"
#include "sw/machine/accounting/refill_kind.hpp"

namespace tessera {
class Archive;
}

namespace tessera::machine {

/// What is known of one page of one PID since reset.
struct PageHistory {
  enum class InTlb0 : std::uint8_t { Never, Present, Evicted, Flushed };
  enum class InShadow : std::uint8_t { Never, Held, Evicted, Invalidated };

  std::uint64_t flush_sequence = 0;  ///< Flushed: by which flush
  std::uint32_t page = 0;            ///< virtual page number
  std::uint32_t node = 0;            ///< Held: where in the shadow
  std::uint16_t pid = 0;
  std::uint16_t set = 0;  ///< Present: where in TLB0
  std::uint16_t way = 0;
  InTlb0 in_tlb0 = InTlb0::Never;
  InShadow in_shadow = InShadow::Never;
  FlushReach flush_reach = FlushReach::Va;
  vm::FlushCause flush_cause = vm::FlushCause::Remap;

  /// All but which page it is (decision 13).
  void state(Archive& archive);
};

/// The history of every page that was asked for. Where one is, it stays; memory is taken for 4 MB
/// of addresses at a time.
class PageHistories {
 public:
  /// The history of a page, begun now if there was none.
  PageHistory& of(Pid pid, VirtualPage page) {
    const std::size_t chunk = std::size_t{pid.value()} << kChunkBits | page.value() >> kPageBits;
    if (chunk >= chunks_.size() || !chunks_[chunk]) begin_chunk(pid, page, chunk);
    return (*chunks_[chunk])[page.value() & (kPages - 1)];
  }

  /// Calls `visitor` for the history of every page that was ever near one that was asked for.
  template <class Visitor>
  void each(const Visitor& visitor) {
    for (const auto& chunk : chunks_) {
      if (!chunk) continue;
      for (PageHistory& page : *chunk) visitor(page);
    }
  }

  /// What changes during a run (decision 13). Where pages were, none is any more.
  void state(Archive& archive);

 private:
  static constexpr std::uint64_t kMostPids = 0xFFFF;
  static constexpr unsigned kPageBits = 10;
  static constexpr std::uint32_t kPages = 1U << kPageBits;
  static constexpr unsigned kChunkBits = 32 - kPageShift - kPageBits;
  using Chunk = std::array<PageHistory, kPages>;

  void begin_chunk(Pid pid, VirtualPage page, std::size_t chunk);

  std::vector<std::unique_ptr<Chunk>> chunks_;
};

}  // namespace tessera::machine
