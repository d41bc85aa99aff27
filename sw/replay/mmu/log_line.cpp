#include "sw/replay/mmu/log_line.hpp"

#include <algorithm>
#include <charconv>
#include <string>

#include <fmt/format.h>

namespace tessera::replay {

namespace {

constexpr std::string_view kKinds = "HPDOEZ";

std::string_view next_word(std::string_view& rest) {
  rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
  const std::string_view word = rest.substr(0, rest.find(' '));
  rest.remove_prefix(word.size());
  return word;
}

std::uint32_t number_of(std::string_view digits, int base) {
  std::uint32_t value = 0;
  const char* const end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, value, base);
  if (error != std::errc{} || stop != end) {
    throw UnusableLine(fmt::format("'{}' is not a number", digits));
  }
  return value;
}

void parse_pairs(std::string_view rest, LogLine& line) {
  Pairs* half = &line.operands;
  for (auto word = next_word(rest); !word.empty(); word = next_word(rest)) {
    const std::size_t equals = word.find('=');
    if (word == "=>") {
      half = &line.results;
    } else if (equals != std::string_view::npos) {
      half->add(word.substr(0, equals), word.substr(equals + 1));
    }
  }
}

}  // namespace

bool Pairs::has(std::string_view key) const {
  return std::any_of(pairs_.begin(), pairs_.end(),
                     [&](const auto& pair) { return pair.first == key; });
}

std::string_view Pairs::text(std::string_view key) const {
  const auto found = std::find_if(pairs_.begin(), pairs_.end(),
                                  [&](const auto& pair) { return pair.first == key; });
  if (found == pairs_.end()) throw UnusableLine(fmt::format("there is no {}=", key));
  return found->second;
}

std::uint32_t Pairs::number(std::string_view key) const { return number_of(text(key), 16); }

LogLine parse_line(std::string_view text, std::uint64_t number) {
  LogLine line;
  line.text = text;
  line.number = number;
  std::string_view rest = text;
  const std::string_view kind = next_word(rest);
  if (kind.size() != 1 || kKinds.find(kind) == std::string_view::npos) {
    throw UnusableLine(fmt::format("'{}' is no kind of line; one is H, P, D, O, E or Z", kind));
  }
  line.kind = kind.front();
  if (line.kind == 'O' || line.kind == 'D' || line.kind == 'E') {
    line.count = number_of(next_word(rest), 10);
  }
  if (line.kind == 'O') line.operation = next_word(rest);
  parse_pairs(rest, line);
  return line;
}

}  // namespace tessera::replay
