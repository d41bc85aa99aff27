#pragma once

#include <cstdint>
#include <random>
#include <vector>

/// Address streams that benchmarks time and tests count hits on. The same arguments give the same
/// addresses.
namespace tessera::bench {

inline constexpr std::size_t kStreamLength = 1U << 16;  ///< the host cannot learn as many
inline constexpr std::uint32_t kFirstEa = 0x10000000;   ///< of the lowest page of any stream

/// EAs of words, uniform over `pages` 4 KB pages.
inline std::vector<std::uint32_t> uniform_stream(std::uint32_t pages) {
  std::mt19937 random(1);
  std::vector<std::uint32_t> addresses(kStreamLength);
  for (auto& ea : addresses) {
    ea = kFirstEa + (static_cast<std::uint32_t>(random() % pages) << 12) +
         static_cast<std::uint32_t>(random() & 0xFFC);
  }
  return addresses;
}

/// EAs of words: the page of rank r, of `pages`, a power of two, is used in proportion to 1/r.
/// Ranks are strewn over the pages, so that no set gets all the popular ones.
inline std::vector<std::uint32_t> zipf_stream(std::uint32_t pages) {
  std::vector<double> weights(pages);
  for (std::uint32_t rank = 0; rank < pages; ++rank) weights[rank] = 1.0 / (rank + 1);
  std::discrete_distribution<std::uint32_t> some_rank(weights.begin(), weights.end());
  std::mt19937 random(1);
  std::vector<std::uint32_t> addresses(kStreamLength);
  for (auto& ea : addresses) {
    const std::uint32_t page = some_rank(random) * 0x9E3779B1 % pages;
    ea = kFirstEa + (page << 12) + static_cast<std::uint32_t>(random() & 0xFFC);
  }
  return addresses;
}

}  // namespace tessera::bench
