#pragma once

/// Logarithm and exponential by additions, multiplications and divisions alone, so that one seed
/// gives one sequence on every platform: C libraries differ in the last bit. Relative errors stay
/// below 1e-14 over the ranges given.
namespace tessera::workload {

/// The natural logarithm of a normal number above 0.
double portable_log(double x);

/// e to the power of x, -700 to 700.
double portable_exp(double x);

/// ln(1 + x) / x for x > -1, and its limit 1 at x = 0.
double log1p_over(double x);

/// (e^x - 1) / x for x from -700 to 700, and its limit 1 at x = 0.
double expm1_over(double x);

}  // namespace tessera::workload
