#include "sw/workload/zipf_sampler.hpp"

#include <algorithm>
#include <cmath>

#include "sw/workload/portable_math.hpp"

namespace tessera::workload {

ZipfSampler::ZipfSampler(std::uint64_t ranks, double skew)
    : ranks_(ranks),
      skew_(skew),
      lowest_(integral(1.5) - 1),
      highest_(integral(static_cast<double>(ranks) + 0.5)),
      surely_(2 - inverse_integral(integral(2.5) - density(2))) {}

std::uint64_t ZipfSampler::next(Random& random) const {
  while (true) {
    // From highest_ itself to just above lowest_: real() is never 0.
    const double point = lowest_ + random.real() * (highest_ - lowest_);
    const double x = inverse_integral(point);
    const double rank = std::clamp(std::floor(x + 0.5), 1.0, static_cast<double>(ranks_));
    if (rank - x <= surely_ || point >= integral(rank + 0.5) - density(rank)) {
      return static_cast<std::uint64_t>(rank);
    }
  }
}

// x^-s.
double ZipfSampler::density(double x) const { return portable_exp(-skew_ * portable_log(x)); }

// (x^(1-s) - 1) / (1-s), the integral of the density from 1 on; ln x if s is 1.
double ZipfSampler::integral(double x) const {
  const double log = portable_log(x);
  return log * expm1_over((1 - skew_) * log);
}

double ZipfSampler::inverse_integral(double y) const {
  const double product = std::max(y * (1 - skew_), -1 + 0x1p-52);  // rounding may lead below -1
  return portable_exp(y * log1p_over(product));
}

}  // namespace tessera::workload
