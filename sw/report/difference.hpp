#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sw/report/result_file.hpp"

namespace tessera::report {

/// One figure of one method in two results.
struct Change {
  std::string method;
  std::string figure;  ///< "cycles_per_access", "cycles.user", "tlb_refills" ...
  double before = 0;
  double after = 0;

  /// By how much it rose, as a share of what it was: 0.02 is 2 %; infinite from 0.
  double rise() const;
};

/// A method that only one of the results has, or that ended otherwise.
struct Oddity {
  std::string text;    ///< "mmap: ended with ENOMEM, before it did not"
  bool worse = false;  ///< the second result has less than the first
};

struct Difference {
  std::vector<std::vector<std::string>> parameters;  ///< as of differing_parameters()
  std::vector<Change> changes;  ///< figures that are not the same, method by method
  std::vector<Oddity> oddities;
  std::vector<std::string> figures;  ///< the names of all figures that were compared
};

/// What changed from `before` to `after`.
Difference difference_between(const ResultFile& before, const ResultFile& after);

/// All of it for the terminal; "No figure changed." where none did.
std::string text_of(const Difference& difference, const ResultFile& before,
                    const ResultFile& after);

/// "+2.3 %", "-100 %", or "new" from 0.
std::string rise_text(const Change& change);

}  // namespace tessera::report
