#pragma once

#include <cstdint>
#include <string>

#include "tb/lockstep/testbench.hpp"

namespace tessera::lockstep {

inline constexpr std::uint32_t kWalkedPage = 0x10203000;
inline constexpr std::uint64_t kWalkedFrame = 0x12345;
inline constexpr std::uint32_t kKernelPage = 0xC0403000;
inline constexpr std::uint32_t kWalkedPid = 5;
inline constexpr std::uint64_t kDirectory = 0x100000;
inline constexpr std::uint64_t kKernelDirectory = 0x102000;
inline constexpr std::uint64_t kTables = 0x345000;

/// A subject with a hardware walker, set up for PID 5: TABLEWALK with fsl64 PTEs, PAGE_OFFSET
/// 0xC0000000 and two page directories, or E6500 with indirect entries for the 4 MB at kWalkedPage
/// and above; kWalkedPage is a page of kWalkedFrame with all rights.
class WalkBench : public Testbench {
 public:
  explicit WalkBench(const std::string& subject);

  /// The PTE of a page, and what stands above it.
  void put_pte(std::uint32_t ea, std::uint64_t pte);

  /// No memory where the PTE of that page stands.
  void unplug_table(std::uint32_t ea);

  /// fsl64, which is E.PT: with all rights, or not yet written.
  static std::uint64_t good_pte(std::uint64_t frame) { return (frame << 24) | 0x412FD; }
  static std::uint64_t clean_pte(std::uint64_t frame) { return (frame << 24) | 0x402FD; }

  /// tlbwe of an indirect entry for the 2 MB around the EA, with a table of its own.
  void map_table(std::uint32_t ea, std::uint32_t esel, std::uint32_t tid,
                 std::uint32_t page_size = 2);

  /// WALKCTL := 0, or no indirect entry any more.
  void stop_walks();

 private:
  bool indirect_;
};

/// The same inputs and a snoop.
clocked::InputPins with_snoop(clocked::InputPins in, std::uint32_t ea);

}  // namespace tessera::lockstep
