#pragma once

#include <cstdint>

#include "model/mmu/engine.hpp"

/// The performance-event bus, bit by bit (docs/pins.md 10).
namespace tessera::clocked {

inline constexpr std::uint32_t kSnoopEvent = 1U << 20;  ///< a snoop was accepted
/// A response hit L2 and its fill was cancelled.
inline constexpr std::uint32_t kCancelledFillEvent = 1U << 21;
/// A fetch's walk ended in an ISI.
inline constexpr std::uint32_t kFetchWalkFaultEvent = 1U << 22;
/// A data access's walk ended in a DSI.
inline constexpr std::uint32_t kDataWalkFaultEvent = 1U << 23;
inline constexpr std::uint32_t kWalkLoadEvent = 1U << 24;   ///< a walker's load was accepted
inline constexpr std::uint32_t kWalkWriteEvent = 1U << 25;  ///< a walk wrote TLB0
/// A walk was overtaken by an invalidation and its entry thrown away.
inline constexpr std::uint32_t kWalkOvertakenEvent = 1U << 26;

/// Of a response: hit in L1 or not; `cancelled`: it hit L2 and its fill was cancelled.
std::uint32_t event_of(mmu::Outcome outcome, bool fetch, bool l1, bool cancelled);

/// Of a response that is the end of a walk: a fault or a bus error.
std::uint32_t event_of_walk(mmu::Outcome outcome, bool fetch);

/// Of an instruction that ended without a trap; `array` is where a tlbwe wrote.
std::uint32_t event_of(const mmu::Instruction& instruction, mmu::TlbArray array);

/// Adds what one cycle's events count.
void count_events(std::uint32_t events, mmu::MmuCounters& counters);

}  // namespace tessera::clocked
