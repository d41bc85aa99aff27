#include "tb/golden/mmu-qemu/comparator.hpp"

#include <array>
#include <charconv>

namespace tessera::golden {

namespace {

std::string hexadecimal(std::uint64_t value) {
  std::array<char, 16> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value, 16).ptr;
  return {digits.data(), end};
}

}  // namespace

void Comparator::compare(std::string_view what, std::uint64_t expected, std::uint64_t actual) {
  ++checks_;
  if (expected != actual) report(what, hexadecimal(expected), hexadecimal(actual));
}

void Comparator::compare(std::string_view what, std::string_view expected,
                         std::string_view actual) {
  ++checks_;
  if (expected != actual) report(what, std::string(expected), std::string(actual));
}

void Comparator::report(std::string_view what, const std::string& expected,
                        const std::string& actual) {
  constexpr std::size_t kKept = 20;
  ++mismatches_;
  if (reports_.size() >= kKept) return;
  reports_.push_back(std::string(what) + ": log " + expected + ", model " + actual +
                     "\n  in: " + std::string(line_));
}

}  // namespace tessera::golden
