#pragma once

#include <cstdint>
#include <map>
#include <optional>

#include "model/types/units.hpp"
#include "sw/vm/frame_allocator.hpp"
#include "sw/vm/hardware.hpp"

namespace tessera {
class Archive;
}

namespace tessera::vm {

/// Where the entries of huge pages live: objects of 64 bytes in lowmem, so that the low 6 bits of
/// their address are free for the page's shift (e500mc-mmu.md 5.1). Linux has one such cache for
/// all processes; one for each is our choice.
class HugepteCache {
 public:
  /// Without frames; both outlive it.
  HugepteCache(FrameAllocator& frames, Hardware& hardware) : frames_(frames), hardware_(hardware) {}
  HugepteCache(const HugepteCache&) = delete;
  HugepteCache& operator=(const HugepteCache&) = delete;
  /// Gives its frames back.
  ~HugepteCache();

  /// A zeroed entry; none if lowmem is exhausted.
  std::optional<RealAddress> allocate();

  /// The entry is free again, and with the last one of its frame the frame.
  void release(RealAddress entry);

  /// What changes during a run (decision 13).
  void state(Archive& archive);

 private:
  FrameAllocator& frames_;
  Hardware& hardware_;
  std::map<FrameNumber::Value, std::uint64_t> used_;  // a bit for each object of the frame
};

}  // namespace tessera::vm
