#pragma once

#include <functional>
#include <optional>

#include "sw/pte_rtl/difference.hpp"
#include "sw/pte_rtl/verilated_decoder.hpp"
#include "sw/pte_rtl/word_sequence.hpp"

namespace tessera::pte_rtl {

/// How a simulation is run.
struct SimulationOptions {
  unsigned jobs = 1;        ///< threads, at least 1
  std::uint64_t first = 0;  ///< number of the first word: those before it are done
  /// Called a few times a second with the words that are done without a gap. The simulation stops
  /// once it returns false.
  std::function<bool(std::uint64_t done)> go_on;
};

/// What came out.
struct Simulated {
  std::uint64_t done = 0;                ///< words without a gap from the sequence's first
  std::optional<Difference> difference;  ///< at the first word that has one, then made smaller
};

/// Shows the words to the decoder and compares every output with what the format says.
Simulated simulate(const pte::Layout& layout, const VerilatedDecoder& decoder,
                   const WordSequence& words, const SimulationOptions& options);

}  // namespace tessera::pte_rtl
