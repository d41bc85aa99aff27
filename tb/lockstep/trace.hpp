#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/clocked/pins.hpp"
#include "model/mmu/core.hpp"

namespace tessera::lockstep {

/// One output pin and what it must be.
struct Expectation {
  std::string pin;
  std::uint64_t value = 0;
};

struct TraceCycle {
  std::uint64_t number = 0;
  clocked::InputPins in;
  std::vector<Expectation> out;
};

/// A worked trace (tb/golden/traces/README.md).
struct Trace {
  std::string title;  ///< its first comment
  mmu::Core core;     ///< its preset with its parameters
  /// The cycles worth a picture, the last one included.
  std::uint64_t draw_from = 0;
  std::uint64_t draw_to = 0;
  std::vector<TraceCycle> cycles;
};

/// Throws std::runtime_error, with file:line, for what is no trace.
Trace read_trace(const std::string& path);

/// What a replay compared, and a text for each pin that was not as expected.
struct TraceResult {
  std::uint64_t checks = 0;
  std::vector<std::string> differences;
};

TraceResult replay_trace(const Trace& trace, clocked::PinDevice& device);

}  // namespace tessera::lockstep
