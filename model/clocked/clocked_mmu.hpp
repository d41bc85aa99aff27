#pragma once

#include <cstdint>

#include "model/clocked/access_port.hpp"
#include "model/clocked/pins.hpp"
#include "model/mmu/mmu.hpp"
#include "model/mmu/parameters.hpp"
#include "model/mmu/timing.hpp"
#include "model/mmu/walk.hpp"

namespace tessera::clocked {

/// Module `mmu` in C++, stepped cycle by cycle. State and rules are those of mmu::Mmu; this class
/// is about which edge they happen at (docs/pins.md 12, docs/walkers.md W8).
class ClockedMmu final : public PinDevice {
 public:
  /// Not yet reset: before the first reset edge outputs are undefined (docs/pins.md 3). Throws
  /// std::invalid_argument with the text of mmu::validation_error.
  ClockedMmu(const mmu::Parameters& parameters, const mmu::Timing& timing);

  const OutputPins& step(const InputPins& in) override;

  /// For audits.
  const mmu::Mmu& mmu() const { return mmu_; }

 private:
  /// The instruction unit.
  struct Unit {
    bool busy = false;
    mmu::Instruction instruction;
    std::uint64_t left = 0;  ///< edges to the one of its effect
  };

  /// The hardware walker (docs/walkers.md W5).
  struct Walker {
    enum class State : std::uint8_t { Idle, Request, Load, End };

    State state = State::Idle;
    AccessPort* port = nullptr;  ///< whose walk it is
    mmu::Walk walk;
    bool overtaken = false;  ///< by a snoop
  };
  /// What the walker does at one edge.
  struct WalkEdge {
    AccessPort* next = nullptr;  ///< the port that waits for it, and goes before the other
    bool ends = false;           ///< a walk ends
    bool writes = false;         ///< and writes TLB0,
    unsigned way = 0;            ///< this way
  };

  void reset();
  void accept_fetch(const InputPins& in);
  void accept_data(const InputPins& in);
  void accept(AccessPort& port, const mmu::Access& access);
  WalkEdge walk_edge(bool snooped);
  const AccessPort* grant_slot(bool d_waits, bool i_waits);
  void commit_lookups(bool overtaken);
  void commit(AccessPort& port);
  void move_walker(const InputPins& in, const WalkEdge& edge, bool snooped);
  void begin_walk(AccessPort& port, bool snooped);
  void finish_walk(const WalkEdge& edge);
  void end_hold(AccessPort& port);
  void accept_instruction(const InputPins& in);
  void finish_instruction(const InputPins& in, bool snooped);
  void respond(const AccessPort& port, const mmu::Translation& response, std::uint32_t events);
  void drive_ready();
  void drive_memory();

  mmu::Parameters parameters_;
  mmu::Timing timing_;
  mmu::Mmu mmu_;
  bool walks_;  ///< there is a walker
  AccessPort i_port_;
  AccessPort d_port_;
  Unit unit_;
  Walker walker_;
  std::uint64_t l2_timer_ = 0;
  bool live_ = false;
  OutputPins out_;
};

}  // namespace tessera::clocked
