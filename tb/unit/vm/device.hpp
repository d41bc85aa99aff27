#pragma once

#include "sw/vm/plain_memory.hpp"
#include "sw/vm/user_access.hpp"
#include "tb/unit/vm/world.hpp"

namespace tessera::vm::test {

inline constexpr std::uint64_t kDevice = 0x8000;  ///< a frame behind all memory

/// How a page without struct page is told from others.
enum class Mark : std::uint8_t { SpecialBit, Offset };

/// A process, a device whose word of page i is i, and no TLB.
struct Device {
  explicit Device(const char* name = "3.8", Mark mark = Mark::SpecialBit)
      : kernel(kernel_of(name)) {
    if (mark == Mark::Offset) format.present.special = 0;
    for (std::uint32_t i = 0; i < 32; ++i) memory.fill_frame(FrameNumber(kDevice + i), i);
  }
  static Personality kernel_of(const char* name) { return *find_kernel(name); }

  static EffectiveAddress at(std::uint32_t page) { return ea(kBase + page * kPage); }

  /// mmap of /dev/mem, from page `from` of the device on.
  Errno map(std::uint32_t page, std::uint64_t pages, unsigned type, std::uint64_t from = 0) {
    return space
        .mmap({at(page), pages * kPage, kProtReadWrite, type | kMapFixed, &mem, kDevice + from})
        .error;
  }
  const Vma& vma(std::uint32_t page) const { return *space.vmas().containing(page_of(at(page))); }
  std::uint32_t device_word(std::uint32_t page) const {
    return memory.peek_word(address_of(FrameNumber(kDevice + page)));
  }

  Personality kernel;
  pte::Format format = *pte::find_format("fsl64");
  PlainMemory memory;
  FrameAllocator frames{FrameNumber(1), FrameNumber(128), FrameNumber(256)};
  File mem{"mem", PageCount(1U << 20U), page_index_word, frames, memory, kDevMem};
  AddressSpace space{kernel, format, frames, memory, Pid(1)};
  UserCode user{space, memory};
};

}  // namespace tessera::vm::test
