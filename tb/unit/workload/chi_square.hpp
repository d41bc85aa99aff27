#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

namespace tessera::workload {

/// How far counts lie from what probabilities make likely, in standard deviations of chi-square
/// (Wilson and Hilferty's cube root: normal for 10 degrees of freedom and more).
inline double deviation_of(const std::vector<std::uint64_t>& counts,
                           const std::vector<double>& probabilities) {
  double total = 0;
  for (const std::uint64_t count : counts) total += static_cast<double>(count);
  double chi_square = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const double expected = total * probabilities[i];
    const double off = static_cast<double>(counts[i]) - expected;
    chi_square += off * off / expected;
  }
  const auto freedom = static_cast<double>(counts.size() - 1);
  const double spread = 2 / (9 * freedom);
  return (std::cbrt(chi_square / freedom) - (1 - spread)) / std::sqrt(spread);
}

}  // namespace tessera::workload
