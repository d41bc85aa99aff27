#pragma once

#include <cstdint>

#include "model/mmu/mmu.hpp"

namespace tessera::clocked {

/// One port, I or D: a request from its acceptance to its response (docs/pins.md 4, 5).
struct AccessPort {
  /// What the port is doing.
  enum class State : std::uint8_t {
    Idle,
    Hold,    ///< L1 hit, its response waits for L1TLB_HIT_EXTRA
    Wait,    ///< L1 miss, no L2 slot yet
    Lookup,  ///< L2 slot taken, response to come
    Walk,    ///< nothing found: waits for the walker (docs/walkers.md W4)
    Walked,  ///< the walker is at it
  };

  State state = State::Idle;  ///< what it is doing now
  mmu::Access access;         ///< the request; of the last one while Idle
  mmu::Sample sample;         ///< what its lookups compare, from the accepting edge
  mmu::LatchedMatch match;    ///< what the search of the slot found
  bool cancelled = false;     ///< overtaken during the lookup: no fill, no walk
  std::uint64_t left = 0;     ///< edges to the one that loads the response
  mmu::Translation held;      ///< the response that waits in Hold

  /// No request is under way.
  bool idle() const { return state == State::Idle; }
  /// It is the I port's: a fetch.
  bool fetches() const { return access.kind == mmu::AccessKind::Fetch; }
};

}  // namespace tessera::clocked
