#pragma once

#include <chrono>
#include <string>

#include "model/pte/layout.hpp"
#include "sw/pte_rtl/contract.hpp"
#include "sw/pte_rtl/difference.hpp"

namespace tessera::cli {

/// What a comparison of a decoder with a format is asked for.
struct RtlPlan {
  pte_rtl::Decoder decoder;
  std::uint64_t words = 0;  ///< random words besides the corners; 0: no simulation
  std::uint64_t seed = 0;
  unsigned jobs = 1;   ///< threads
  std::string resume;  ///< path, or empty
};

/// What was compared so far.
struct RtlTally {
  std::uint64_t words = 0;
  bool proved = false;
  bool differs = false;
};

/// "1,000 words, 10,000 checks".
std::string words_text(std::uint64_t words);

double seconds_since(std::chrono::steady_clock::time_point start);

/// Prints one line of what came out.
void print_verdict(const char* verdict, const std::string& text);

/// Prints a difference; `finder` is what found it.
void print_difference(const pte::Layout& layout, const pte_rtl::Difference& difference,
                      const char* finder);

/// Shows the decoder its words and prints what came of it. `contract` is the file with
/// pte_rtl::contract_text(). Throws UserError if the decoder cannot be built.
void simulate_rtl(const pte::Layout& layout, const RtlPlan& plan, const std::string& contract,
                  RtlTally& tally);

}  // namespace tessera::cli
