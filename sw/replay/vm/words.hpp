#pragma once

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace tessera::replay {

/// A decimal number. Throws UnusableLine (sw/replay/mmu/log_line.hpp).
std::uint64_t decimal(std::string_view digits);

/// The numbers of a list such as "1,0". Throws UnusableLine unless there are `count`.
std::vector<std::uint64_t> decimals(std::string_view list, std::size_t count);

/// The words of a part of a line: `key=value` pairs and single words.
class Words {
 public:
  explicit Words(std::string_view text);

  /// The first word stands alone: taken off the front, empty if there is none left.
  std::string_view take_first();

  /// The word stands among them, without a value.
  bool has(std::string_view word) const;
  /// The value of the key; empty if there is none.
  std::string_view value_or_empty(std::string_view key) const;
  /// These throw UnusableLine if the key is missing or its value is no decimal number.
  std::string_view text(std::string_view key) const;
  std::uint64_t number(std::string_view key) const { return decimal(text(key)); }

 private:
  std::vector<std::pair<std::string_view, std::string_view>> words_;  // key, "=value" or empty
};

}  // namespace tessera::replay
