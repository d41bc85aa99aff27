#pragma once

#include <cstdint>
#include <utility>

#include "model/mmu/engine.hpp"
#include "model/mmu/mmu.hpp"
#include "model/mmu/timing.hpp"
#include "model/mmu/walk.hpp"
#include "model/mmu/walk_memory.hpp"

namespace tessera::mmu {

/// A fetch and a data access, accepted at one edge, that both missed L1, on a core with a hardware
/// walker: L2 port and walker from one edge at which something happens to the next, in the order
/// of docs/walkers.md W8.
class WalkedPair {
 public:
  /// One of the two accesses.
  struct Miss {
    const Access& access;  ///< what is asked
    const Sample& sample;  ///< what its lookups compare
  };

  /// All arguments outlive it.
  WalkedPair(Mmu& mmu, const Timing& timing, WalkMemory& memory, const Miss& fetch,
             const Miss& data);

  /// The responses, of the fetch and of the data access, if both are accepted at `accepted` and
  /// the L2 port takes a lookup from `l2_free` on. Once.
  std::pair<Translation, Translation> run(Cycles accepted, Cycles l2_free);

  /// From when on the L2 port takes a lookup.
  Cycles l2_free() const { return l2_free_; }

 private:
  enum class PortState : std::uint8_t { Wait, Lookup, Walk, Walked, Done };
  struct Port {
    Miss miss;
    PortState state = PortState::Wait;
    LatchedMatch match{};
    Cycles commit{};         ///< the edge that ends Lookup
    bool overtaken = false;  ///< during Lookup, by the other port's walk
    Translation response{};
  };
  enum class WalkerState : std::uint8_t { Idle, Request, Load, End };

  Cycles next_edge() const;
  Cycles next_edge_of(const Port& port) const;
  Cycles next_edge_of_walker() const;
  void edge();
  Port* search();
  void commit(Port& port, bool overtaken);
  void move_walker(bool data_walks, bool fetch_walks, bool ends, unsigned way);
  void take(Port& port);
  void end_walk(unsigned way);

  Mmu& mmu_;
  const Timing& timing_;
  WalkMemory& memory_;
  Port fetch_;
  Port data_;
  WalkerState walker_ = WalkerState::Idle;
  Port* walked_ = nullptr;
  Walk walk_;
  WalkLoad load_;
  Cycles load_shown_;  ///< the cycle in which memory shows load_
  Cycles now_;
  Cycles l2_free_;
};

}  // namespace tessera::mmu
