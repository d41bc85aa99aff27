#include "sw/sweep/statistics.hpp"

#include <array>
#include <cmath>
#include <numeric>

namespace tessera::sweep {
namespace {

/// Student's t for two-sided 95 %, by degrees of freedom: NIST/SEMATECH e-Handbook of Statistical
/// Methods, 1.3.6.7.2.
constexpr std::array<double, 30> kStudent{12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306,
                                          2.262,  2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120,
                                          2.110,  2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064,
                                          2.060,  2.056, 2.052, 2.048, 2.045, 2.042};

/// Above the table its last value: t falls, so the interval is a little too wide, never too narrow.
double student(std::uint64_t freedom) {
  return kStudent[std::min<std::uint64_t>(freedom, kStudent.size()) - 1];
}

}  // namespace

Interval interval_of(const std::vector<double>& values) {
  Interval result;
  result.n = values.size();
  if (values.empty()) return result;
  const auto n = static_cast<double>(values.size());
  result.mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
  if (values.size() < 2) return result;
  double squares = 0;
  for (const double value : values) {
    squares += (value - result.mean) * (value - result.mean);
  }
  result.half = student(values.size() - 1) * std::sqrt(squares / (n - 1) / n);
  return result;
}

}  // namespace tessera::sweep
