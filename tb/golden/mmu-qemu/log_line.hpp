#pragma once

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace tessera::golden {

/// The `key=value` pairs of one half of a line, in their order.
class Pairs {
 public:
  void add(std::string_view key, std::string_view value) { pairs_.emplace_back(key, value); }

  bool has(std::string_view key) const;
  /// Throws std::runtime_error if the key is missing.
  std::string_view text(std::string_view key) const;
  /// A hexadecimal number. Throws std::runtime_error if it is missing or none.
  std::uint32_t number(std::string_view key) const;

 private:
  std::vector<std::pair<std::string_view, std::string_view>> pairs_;
};

/// One line of a log (README.md, "Line format"). It refers to the text it was parsed from.
struct LogLine {
  char kind = ' ';             ///< H P D O E Z
  std::string_view text;       ///< the whole line
  std::uint32_t count = 0;     ///< the operation counter of O, D and E lines (decimal)
  std::string_view operation;  ///< of O lines
  Pairs operands;              ///< of O lines what stands before "=>"; of others all
  Pairs results;               ///< of O lines what stands behind "=>"
};

/// Throws std::runtime_error on a malformed line.
LogLine parse_line(std::string_view line);

}  // namespace tessera::golden
