#include "sw/sweep/plan.hpp"

#include <fmt/core.h>

namespace tessera::sweep {
namespace {

// FNV-1a, 64 bits: draft-eastlake-fnv, section 6. The second sum starts where the first sum of
// "tessera" ends, so that texts that agree in one do not in the other.
constexpr std::uint64_t kBasis = 0xcbf29ce484222325ULL;
constexpr std::uint64_t kPrime = 0x100000001b3ULL;

constexpr std::uint64_t fnv1a(std::string_view text, std::uint64_t sum) {
  for (const char c : text) {
    sum = (sum ^ static_cast<unsigned char>(c)) * kPrime;
  }
  return sum;
}

}  // namespace

std::string text_key(std::string_view text) {
  return fmt::format("{:016x}{:016x}", fnv1a(text, kBasis), fnv1a(text, fnv1a("tessera", kBasis)));
}

std::string Plan::key() const {
  std::string all;
  for (const PlannedRun& run : runs) {
    all += run.key;
  }
  return text_key(all);
}

}  // namespace tessera::sweep
