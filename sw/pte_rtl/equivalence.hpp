#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "sw/pte_lab/solver.hpp"
#include "sw/pte_rtl/contract.hpp"
#include "sw/pte_rtl/difference.hpp"

namespace tessera::pte_rtl {

/// What came out of comparing a decoder with a format over all words.
struct Equivalence {
  std::string obstacle;  ///< why nothing came out: yosys does not read it; else empty
  std::optional<Difference> difference;  ///< at the smallest word; none: proved
};

/// Compares all outputs for all words: yosys makes formulas of the decoder, the solver looks for a
/// word of which it says something else than the format. `contract` is the file with
/// contract_text(), in a folder where another file may be written. Throws UserError if yosys is not
/// there.
Equivalence prove_equal(const pte::Layout& layout, const Decoder& decoder,
                        const std::filesystem::path& contract, pte_lab::Solver& solver);

}  // namespace tessera::pte_rtl
