#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace tessera::sweep {

/// The mean of repeated measurements and how far the true one may be from it.
struct Interval {
  std::uint64_t n = 0;
  double mean = 0;             ///< 0 when n is
  std::optional<double> half;  ///< of the 95 % interval: mean - half to mean + half; from n = 2 on
};

/// Mean and 95 % interval by Student's t, of values taken to be normally distributed.
Interval interval_of(const std::vector<double>& values);

}  // namespace tessera::sweep
