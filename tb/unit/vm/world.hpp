#pragma once

#include <cstdint>
#include <memory>

#include "sw/vm/address_space.hpp"
#include "tb/unit/vm/fake_hardware.hpp"

namespace tessera::vm::test {

/// Where tests map when the place does not matter: the start of a PTE page.
constexpr std::uint32_t kBase = 0x2000'0000;

/// How an access of the fake core ended.
struct Access {
  FaultResult result = FaultResult::Resolved;
  std::uint32_t value = 0;
  unsigned exceptions = 0;
};

/// One process on fake hardware, and a core that walks its page table as the software TLB-miss
/// handler does (e500mc-mmu.md 5.3).
struct World {
  explicit World(unsigned pte_bits = 64, std::uint64_t frames = 32768,
                 std::uint64_t low_frames = 8192, const char* kernel = "3.8");

  Access read(EffectiveAddress address) { return access(address, FaultAccess::Read, 0); }
  Access write(EffectiveAddress address, std::uint32_t value) {
    return access(address, FaultAccess::Write, value);
  }
  Access fetch(EffectiveAddress address) { return access(address, FaultAccess::Fetch, 0); }

  /// mmap of `file` (or anonymous memory if null), shared, at a fixed place.
  MmapResult map_fixed(std::uint32_t address, std::uint64_t pages, File* file, std::uint64_t pgoff,
                       unsigned flags = kMapShared, unsigned protection = kProtReadWrite);
  Errno remap(std::uint32_t address, std::uint64_t pages, std::uint64_t pgoff, unsigned flags = 0);
  std::unique_ptr<File> make_file(std::uint64_t pages, FirstWordRule rule = page_index_word,
                                  const FileSystem& file_system = kTmpfs);

  /// Translations in the TLB that the page table no longer grants: flushes that were forgotten.
  std::size_t stale_translations() const;

  const VmCounters& counters() const { return space.counters(); }
  /// Flush requests of one kind since the hardware forgot them.
  std::uint64_t flushes(FlushKind kind) const;

  FakeHardware hardware;
  FrameAllocator frames;
  AddressSpace space;

 private:
  Access access(EffectiveAddress address, FaultAccess kind, std::uint32_t value);
  bool refill(EffectiveAddress address, FaultAccess kind);
};

constexpr EffectiveAddress ea(std::uint32_t address) { return EffectiveAddress(address); }
constexpr std::uint32_t kPage = 4096;

}  // namespace tessera::vm::test
