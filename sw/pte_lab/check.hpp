#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/pte/layout.hpp"
#include "sw/pte_lab/solver.hpp"

namespace tessera::pte_lab {

enum class Verdict : std::uint8_t { Proved, Refuted, Known, NotApplicable };

/// "proved", "refuted", "known", "not applicable".
std::string name_of(Verdict verdict);

/// What came out about one property of a format.
struct Finding {
  std::string property;
  std::string statement;
  Verdict verdict = Verdict::Proved;
  std::string reason;              ///< of Known and NotApplicable
  std::vector<std::string> story;  ///< of Refuted and Known: the smallest counterexample
};

/// Proves or refutes every property, over all values.
std::vector<Finding> check(const pte::Layout& layout, Solver& solver);

/// The largest n such that every offset below 2^n comes back, and whether offset 0 does: what
/// PTE_FILE_MAX_BITS could be. The layout must have file PTEs.
struct FileLimit {
  bool any = false;         ///< offset 0 is safe
  unsigned bits = 0;        ///< offsets below 2^bits are safe
  std::uint64_t fails = 0;  ///< the smallest offset that is not; meaningless if `endless`
  bool endless = false;     ///< all offsets of the C type are safe
};
FileLimit file_limit(const pte::Layout& layout, Solver& solver);

}  // namespace tessera::pte_lab
