#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tessera::golden {

/// Counts what was compared and keeps the first differences as text.
class Comparator {
 public:
  /// Everything compared from now on belongs to this line of the log.
  void at_line(std::string_view line) { line_ = line; }

  void compare(std::string_view what, std::uint64_t expected, std::uint64_t actual);
  void compare(std::string_view what, std::string_view expected, std::string_view actual);

  std::uint64_t checks() const { return checks_; }
  std::uint64_t mismatches() const { return mismatches_; }
  /// The first differences, a text each; at most 20.
  const std::vector<std::string>& reports() const { return reports_; }

 private:
  void report(std::string_view what, const std::string& expected, const std::string& actual);

  std::string_view line_;
  std::uint64_t checks_ = 0;
  std::uint64_t mismatches_ = 0;
  std::vector<std::string> reports_;
};

}  // namespace tessera::golden
