#pragma once

#include <cstdint>

namespace tessera {
class Archive;
}

namespace tessera::workload {

/// The generator of the dbwin microbenchmark (tb/golden/vm-kernel/dbwin.md): xorshift64*, the
/// upper 32 bits of each product, seeded so that the first two draws are thrown away.
class Random {
 public:
  /// Any seed but the largest number, which has no successor and would leave the state at 0.
  explicit Random(std::uint64_t seed) : state_(0x9E3779B97F4A7C15ULL * (seed + 1)) {
    next();
    next();
  }

  /// A uniform 32-bit number.
  std::uint32_t next() {
    state_ ^= state_ >> 12;
    state_ ^= state_ << 25;
    state_ ^= state_ >> 27;
    return static_cast<std::uint32_t>((state_ * 2685821657736338717ULL) >> 32);
  }

  /// A multiple of 2^-53 above 0, up to 1, uniform: of two draws.
  double real() {
    const std::uint64_t high = next();
    const std::uint64_t bits = (high << 21) | (next() >> 11);
    return static_cast<double>(bits + 1) * 0x1p-53;
  }

  /// A number in 0 .. bound-1; 0 when bound is 0.
  std::uint32_t below(std::uint32_t bound) {
    return static_cast<std::uint32_t>((std::uint64_t{next()} * bound) >> 32);
  }

  /// Where in its sequence it is (decision 13).
  void state(Archive& archive);

 private:
  std::uint64_t state_;
};

}  // namespace tessera::workload
