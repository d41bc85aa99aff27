#pragma once

#include <vector>

#include "sw/vm/huge_page.hpp"
#include "sw/vm/user_access.hpp"
#include "tb/unit/vm/world.hpp"

namespace tessera::vm::test {

/// Remembers what the kernel wrote into TLB1.
struct HugeHardware : FakeHardware {
  using FakeHardware::FakeHardware;

  void preload_huge(const HugeTranslation& translation) override {
    preloads.push_back(translation);
  }

  std::vector<HugeTranslation> preloads;
};

inline constexpr std::uint32_t kHuge = kHugePageBytes;

/// A process, a pool of huge pages, and no TLB.
struct HugeWorld {
  explicit HugeWorld(const char* kernel = "3.8", std::uint64_t nr_hugepages = 4,
                     const char* format = "fsl64")
      : frames(FrameNumber(1), FrameNumber(0x800), FrameNumber(0x2000), nr_hugepages),
        space(*find_kernel(kernel), *pte::find_format(std::string_view(format)), frames, hardware,
              Pid(1)) {}

  /// Huge pages counted from kBase, and a byte in one.
  static EffectiveAddress at(std::uint32_t page, std::uint32_t byte = 0) {
    return ea(kBase + page * kHuge + byte);
  }

  MmapResult map(std::uint64_t pages, unsigned flags = kMapPrivate,
                 unsigned protection = kProtReadWrite, std::uint32_t page = 0) {
    const unsigned all = flags | kMapAnonymous | kMapHugetlb | kMapFixed;
    return space.mmap({at(page), pages * kHuge, protection, all});
  }

  const HugePool& pool() const { return frames.huge_pool(); }
  bool sound() const { return space.audit().empty(); }
  std::uint64_t flushes(FlushCause cause, FlushKind kind = FlushKind::Page) const {
    return space.counters().flushes_of(cause, kind);
  }

  HugeHardware hardware{0x2000};
  FrameAllocator frames;
  AddressSpace space;
  UserCode user{space, hardware};
};

}  // namespace tessera::vm::test
