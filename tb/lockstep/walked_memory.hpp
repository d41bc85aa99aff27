#pragma once

#include <cstdint>

#include "model/clocked/pins.hpp"
#include "sw/workload/random.hpp"

namespace tessera::lockstep {

/// The memory behind the mem_ pins (docs/walkers.md W2), with page tables in it. What stands at an
/// address is drawn from the address, the seed and how often the contents have changed: mostly
/// tables and pages that are there, so that most walks succeed. Ready and latency vary, now and
/// then nothing is at an address, and responses come that nobody asked for.
class WalkedMemory {
 public:
  /// Frames of page directories: whatever stands in them points to tables; anything elsewhere is a
  /// PTE.
  static constexpr std::uint32_t kFirstDirectory = 0x100;
  static constexpr std::uint32_t kDirectories = 4;

  explicit WalkedMemory(std::uint64_t seed) : seed_(seed), random_(~seed) {}

  /// Draws how fast it is from now on.
  void begin_phase();

  /// Other contents from now on.
  void change() { ++epoch_; }

  /// The pins of memory in this cycle, given the outputs of the cycle. in.rst_n is set: a reset
  /// forgets what was asked.
  void put(const clocked::OutputPins& shown, clocked::InputPins& in);

  /// A load was asked or answered in the last cycles: a walk goes on, or ends soon.
  bool busy() const { return quiet_ < 3; }

 private:
  bool chance(std::uint32_t of_1024) { return random_.below(1024) < of_1024; }
  std::uint64_t contents(std::uint64_t ra, bool is_double) const;

  std::uint64_t seed_;
  workload::Random random_;
  std::uint64_t epoch_ = 0;
  std::uint32_t shortest_ = 1;  ///< latency
  std::uint32_t spread_ = 1;    ///< latencies from there on
  std::uint32_t ready_ = 1024;  ///< chances in 1024
  std::uint32_t error_ = 0;
  std::uint32_t spurious_ = 0;
  bool asked_ = false;
  std::uint32_t left_ = 0;  ///< cycles up to the response
  std::uint64_t answer_ = 0;
  unsigned quiet_ = 100;
};

}  // namespace tessera::lockstep
