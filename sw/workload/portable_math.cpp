#include "sw/workload/portable_math.hpp"

#include <cmath>

namespace tessera::workload {
namespace {

constexpr double kLn2 = 0.693147180559945309417;
// ln 2 = high + low; the high part has 21 bits, so that whole multiples of it are exact.
constexpr double kLn2High = 0.693147182464599609375;
constexpr double kLn2Low = -1.904654299957767878e-9;
constexpr double kSqrtHalf = 0.70710678118654752440;

/// atanh(t) / t as a function of t^2, for |t| up to 0.25.
double atanh_over(double square) {
  constexpr int kTerms = 13;  // the next one is below 0.25^26 / 27 = 8e-18
  double sum = 0;
  for (int k = kTerms - 1; k >= 0; --k) {
    sum = sum * square + 1.0 / (2 * k + 1);
  }
  return sum;
}

/// (e^x - 1) / x for |x| up to 0.5.
double expm1_series(double x) {
  constexpr int kTerms = 16;  // the next one is below 0.5^16 / 17! = 5e-20
  double sum = 1;
  for (int k = kTerms; k >= 2; --k) {
    sum = 1 + sum * x / k;
  }
  return sum;
}

}  // namespace

double portable_log(double x) {
  int exponent = 0;
  double mantissa = std::frexp(x, &exponent);  // exact
  if (mantissa < kSqrtHalf) {
    mantissa *= 2;
    --exponent;
  }
  const double t = (mantissa - 1) / (mantissa + 1);
  return exponent * kLn2High + (exponent * kLn2Low + 2 * t * atanh_over(t * t));
}

double portable_exp(double x) {
  const double halves = std::floor(x / kLn2 + 0.5);
  const double rest = (x - halves * kLn2High) - halves * kLn2Low;
  return std::ldexp(1 + rest * expm1_series(rest), static_cast<int>(halves));  // ldexp is exact
}

double log1p_over(double x) {
  constexpr double kSmall = 0.4;
  if (x < -kSmall || x > kSmall) return portable_log(1 + x) / x;
  const double t = x / (2 + x);
  return 2 / (2 + x) * atanh_over(t * t);
}

double expm1_over(double x) {
  constexpr double kSmall = 0.5;
  if (x < -kSmall || x > kSmall) return (portable_exp(x) - 1) / x;
  return expm1_series(x);
}

}  // namespace tessera::workload
