#pragma once

#include <cstdint>
#include <stdexcept>
#include <string_view>
#include <utility>
#include <vector>

namespace tessera::replay {

/// A line, or a part of it, is not what the format says or not for this core; the text says what
/// would be.
class UnusableLine : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The `key=value` pairs of one half of a line, in their order.
class Pairs {
 public:
  void add(std::string_view key, std::string_view value) { pairs_.emplace_back(key, value); }

  bool has(std::string_view key) const;
  /// Throws UnusableLine if the key is missing.
  std::string_view text(std::string_view key) const;
  /// A hexadecimal number. Throws UnusableLine if it is missing or none.
  std::uint32_t number(std::string_view key) const;

 private:
  std::vector<std::pair<std::string_view, std::string_view>> pairs_;
};

/// One line of a log (tb/golden/mmu-qemu/README.md, "Line format"). It refers to the text it was
/// parsed from.
struct LogLine {
  char kind = ' ';             ///< H P D O E Z
  std::string_view text;       ///< the whole line
  std::uint64_t number = 0;    ///< of the line in its file, from 1
  std::uint32_t count = 0;     ///< the operation counter of O, D and E lines (decimal)
  std::string_view operation;  ///< of O lines
  Pairs operands;              ///< of O lines what stands before "=>"; of others all
  Pairs results;               ///< of O lines what stands behind "=>"
};

/// Throws UnusableLine.
LogLine parse_line(std::string_view line, std::uint64_t number);

}  // namespace tessera::replay
