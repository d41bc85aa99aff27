#pragma once

#include <charconv>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "model/types/user_error.hpp"
#include "sw/cli/parameter.hpp"
#include "sw/cli/suggestion.hpp"

/// How to make a Parameter of each kind of value from a function that finds it in a
/// Configuration: `[](auto& c) -> auto& { return c.seed; }`.
namespace tessera::cli {

/// Above any latency worth asking for.
inline constexpr std::uint64_t kCyclesLimit = 100000;

/// A non-negative whole number as written: decimal, or hexadecimal with 0x.
inline std::uint64_t parse_number(const std::string& text, std::uint64_t lowest,
                                  std::uint64_t highest) {
  const bool hexadecimal = text.rfind("0x", 0) == 0;
  const char* begin = text.data() + (hexadecimal ? 2 : 0);
  const char* end = text.data() + text.size();
  std::uint64_t value = 0;
  const auto [stopped, error] = std::from_chars(begin, end, value, hexadecimal ? 16 : 10);
  if (begin == end || stopped != end || error != std::errc() || value < lowest || value > highest) {
    throw UserError(
        highest == std::numeric_limits<std::uint64_t>::max()
            ? fmt::format("'{}' is not a whole number from {} on", text, lowest)
            : fmt::format("'{}' is not a whole number from {} to {}", text, lowest, highest));
  }
  return value;
}

/// Whole numbers in a range, both ends included, in words.
inline std::string range_text(std::uint64_t lowest, std::uint64_t highest) {
  return highest == std::numeric_limits<std::uint64_t>::max()
             ? fmt::format("from {}", lowest)
             : fmt::format("{} to {}", lowest, highest);
}

/// Numbers and quantities alike, seen as plain numbers.
template <class T>
std::uint64_t plain(const T& value) {
  if constexpr (std::is_arithmetic_v<T>) {
    return value;
  } else {
    return value.value();
  }
}

/// A number, with or without a unit, shown divided by `scale` (for sizes in KiB or MiB).
template <class Find>
Parameter number(std::string key, Find find, std::uint64_t lowest, std::uint64_t highest,
                 std::string meaning, std::uint64_t scale = 1) {
  return {
      std::move(key),
      std::move(meaning),
      ValueKind::WholeNumber,
      range_text(lowest, highest),
      [find, scale](const Configuration& c) -> nlohmann::json { return plain(find(c)) / scale; },
      [find, scale, lowest, highest](Configuration& c, const std::string& text) {
        auto& value = find(c);
        using Type = std::remove_reference_t<decltype(value)>;
        const std::uint64_t parsed = parse_number(text, lowest, highest) * scale;
        if constexpr (std::is_arithmetic_v<Type>) {
          value = static_cast<Type>(parsed);
        } else {
          value = Type(static_cast<typename Type::Value>(parsed));
        }
      }};
}

/// true or false.
template <class Find>
Parameter flag(std::string key, Find find, std::string meaning) {
  return {std::move(key),
          std::move(meaning),
          ValueKind::Flag,
          "true, false",
          [find](const Configuration& c) -> nlohmann::json { return find(c); },
          [find](Configuration& c, const std::string& text) {
            if (text != "true" && text != "false") {
              throw UserError(fmt::format("'{}' is neither true nor false", text));
            }
            find(c) = text == "true";
          }};
}

/// One of some names, each standing for a value of an enum.
template <class Enum>
using Names = std::vector<std::pair<std::string, Enum>>;

template <class Enum>
std::vector<std::string> texts_of(const Names<Enum>& names) {
  std::vector<std::string> texts;
  texts.reserve(names.size());
  for (const auto& [text, value] : names) {
    texts.push_back(text);
  }
  return texts;
}

/// All of them by commas.
template <class Enum>
std::string values_of_names(const Names<Enum>& names) {
  return fmt::format("{}", fmt::join(texts_of(names), ", "));
}

template <class Enum>
Enum parse_name(const Names<Enum>& names, const std::string& text) {
  for (const auto& [name, value] : names) {
    if (name == text) {
      return value;
    }
  }
  throw UserError(fmt::format("there is no '{}'{}", text, suggestion(text, texts_of(names))));
}

template <class Enum, class Find>
Parameter choice(std::string key, Find find, Names<Enum> names, std::string meaning) {
  return {std::move(key),
          std::move(meaning),
          ValueKind::Name,
          values_of_names(names),
          [find, names](const Configuration& c) -> nlohmann::json {
            for (const auto& [name, value] : names) {
              if (value == find(c)) {
                return name;
              }
            }
            return nullptr;
          },
          [find, names](Configuration& c, const std::string& text) {
            find(c) = parse_name(names, text);
          }};
}

}  // namespace tessera::cli
