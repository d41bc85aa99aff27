#pragma once

#include <cstdint>

#include "sw/machine/core.hpp"
#include "sw/vm/hardware.hpp"

namespace tessera {
class Archive;
}

namespace tessera::machine {

/// What preloading did since reset.
struct PreloadCounters {
  std::uint64_t searches = 0;      ///< tlbsx: one a preload
  std::uint64_t writes = 0;        ///< tlbwe into TLB1, where the search found nothing
  std::uint64_t instructions = 0;  ///< executed by it, all in all
};

/// Linux book3e_hugetlb_preload (e500mc-mmu.md 7.3): at the end of a fault on a huge page its
/// translation is written into TLB1, unless it is there, at the next CAM (5.5).
class HugePreloader {
 public:
  /// `core` must outlive it.
  explicit HugePreloader(Core& core) : core_(core) {}

  void preload(const vm::HugeTranslation& translation);

  const PreloadCounters& counters() const { return counters_; }

  /// What changes during a run (decision 13).
  void state(Archive& archive);

 private:
  bool is_there(const vm::HugeTranslation& translation);
  void select_next_cam();
  void write(const vm::HugeTranslation& translation);

  void plain(std::uint64_t count);
  void mtspr(mmu::Spr spr, std::uint32_t value);
  std::uint32_t mfspr(mmu::Spr spr);
  std::uint32_t load(EffectiveAddress kernel);

  Core& core_;
  PreloadCounters counters_;
};

}  // namespace tessera::machine
