#pragma once

#include <cstdint>

#include "sw/workload/random.hpp"

namespace tessera::workload {

/// Zipf's distribution over ranks 1..n: rank k has a probability proportional to k^-s. Exact, and
/// in constant time and memory, by rejection-inversion (W. Hörmann, G. Derflinger,
/// "Rejection-inversion to generate variates from monotone discrete distributions", ACM TOMACS
/// 6(3), 1996): a point under the integral of x^-s is rounded to a rank, and is drawn again if it
/// lies outside the rank's own share.
class ZipfSampler {
 public:
  /// `ranks` from 1 on, `skew` s from 0 (uniform) to 10.
  ZipfSampler(std::uint64_t ranks, double skew);

  /// A rank, 1..n.
  std::uint64_t next(Random& random) const;

 private:
  double density(double x) const;
  double integral(double x) const;
  double inverse_integral(double y) const;

  std::uint64_t ranks_;
  double skew_;
  double lowest_;  // integrals between which a point is drawn
  double highest_;
  double surely_;  // a point this close below its rank is within the rank's share
};

}  // namespace tessera::workload
