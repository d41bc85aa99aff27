#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sw/replay/mmu/omission.hpp"

namespace tessera::replay {

/// Bits of one word that are not compared, and why.
struct OmittedBits {
  std::uint32_t bits;
  Omission omission;
};

/// Counts what was compared and what was not, and keeps the first differences as text.
class Comparator {
 public:
  /// `log` is what reports call the log.
  explicit Comparator(std::string log) : log_(std::move(log)) {}

  /// Everything compared from now on belongs to this line of the log.
  void at_line(std::uint64_t number) { line_ = number; }

  void compare(std::string_view what, std::uint64_t expected, std::uint64_t actual);
  void compare(std::string_view what, std::string_view expected, std::string_view actual);
  /// Compares the bits that are in none of `omitted`.
  void compare(std::string_view what, std::uint32_t expected, std::uint32_t actual,
               const std::vector<OmittedBits>& omitted);
  /// Counts something that is not compared.
  void omit(Omission omission) { omissions_.count(omission); }

  std::uint64_t checks() const { return checks_; }
  std::uint64_t mismatches() const { return mismatches_; }
  /// The first differences as "log:line: what: expected x, got y"; at most 20.
  const std::vector<std::string>& reports() const { return reports_; }
  const Omissions& omissions() const { return omissions_; }

 private:
  void report(std::string_view what, const std::string& expected, const std::string& actual);

  std::string log_;
  std::uint64_t line_ = 0;
  std::uint64_t checks_ = 0;
  std::uint64_t mismatches_ = 0;
  std::vector<std::string> reports_;
  Omissions omissions_;
};

}  // namespace tessera::replay
