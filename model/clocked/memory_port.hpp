#pragma once

#include "model/clocked/pins.hpp"
#include "model/mmu/walk_memory.hpp"
#include "model/types/units.hpp"

namespace tessera::clocked {

/// The memory's side of the pins (docs/walkers.md W2): always ready, it answers a request that is
/// shown in cycle m in cycle m + latency. It keeps what a PinEngine must know of one call's walks.
class MemoryPort {
 public:
  /// Without a memory it never drives a pin. `memory` outlives it.
  explicit MemoryPort(mmu::WalkMemory* memory) : memory_(memory) {}

  /// There is a memory behind it.
  bool connected() const { return memory_ != nullptr; }

  /// An access or two begin; nothing is outstanding.
  void begin_call();

  /// Adds the memory's pins to the inputs of cycle `now`, and takes the request that is `shown` in
  /// it. Throws std::logic_error when the device reads more than two walks do.
  void drive(const OutputPins& shown, Cycles now, InputPins& in);

  /// Of this call: the time that its loads take, and how many ended in a bus error so far.
  Cycles loading() const { return loading_; }
  /// Loads of this call that ended in a bus error so far.
  unsigned bus_errors() const { return bus_errors_; }

 private:
  mmu::WalkMemory* memory_;
  mmu::WalkLoad answer_;
  Cycles answered_;         ///< the cycle that shows it
  bool answering_ = false;  ///< that cycle is to come
  unsigned loads_ = 0;
  Cycles loading_;
  unsigned bus_errors_ = 0;
};

}  // namespace tessera::clocked
