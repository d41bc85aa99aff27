#include "sw/replay/mmu/comparator.hpp"

#include <fmt/format.h>

namespace tessera::replay {

void Comparator::compare(std::string_view what, std::uint64_t expected, std::uint64_t actual) {
  ++checks_;
  if (expected != actual) report(what, fmt::format("{:x}", expected), fmt::format("{:x}", actual));
}

void Comparator::compare(std::string_view what, std::string_view expected,
                         std::string_view actual) {
  ++checks_;
  if (expected != actual) report(what, std::string(expected), std::string(actual));
}

void Comparator::compare(std::string_view what, std::uint32_t expected, std::uint32_t actual,
                         const std::vector<OmittedBits>& omitted) {
  std::uint32_t compared = ~std::uint32_t{0};
  for (const OmittedBits& omission : omitted) {
    compared &= ~omission.bits;
    omissions_.count(omission.omission, ((expected ^ actual) & omission.bits) != 0);
  }
  if (compared != 0) compare(what, expected & compared, actual & compared);
}

void Comparator::report(std::string_view what, const std::string& expected,
                        const std::string& actual) {
  constexpr std::size_t kKept = 20;
  ++mismatches_;
  if (reports_.size() >= kKept) return;
  reports_.push_back(
      fmt::format("{}:{}: {}: expected {}, got {}", log_, line_, what, expected, actual));
}

}  // namespace tessera::replay
