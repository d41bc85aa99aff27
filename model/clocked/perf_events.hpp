#pragma once

#include <cstdint>

#include "model/mmu/engine.hpp"

/// The performance-event bus, bit by bit (docs/pins.md 10).
namespace tessera::clocked {

inline constexpr std::uint32_t kSnoopEvent = 1U << 20;
inline constexpr std::uint32_t kCancelledFillEvent = 1U << 21;

/// Of a response: hit in L1 or not; `cancelled`: it hit L2 and a snoop has cancelled its fill.
std::uint32_t event_of(mmu::Outcome outcome, bool fetch, bool l1, bool cancelled);

/// Of an instruction that ended without a trap; `array` is where a tlbwe wrote.
std::uint32_t event_of(const mmu::Instruction& instruction, mmu::TlbArray array);

/// Adds what one cycle's events count.
void count_events(std::uint32_t events, mmu::MmuCounters& counters);

}  // namespace tessera::clocked
