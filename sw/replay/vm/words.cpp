#include "sw/replay/vm/words.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "sw/replay/mmu/log_line.hpp"

namespace tessera::replay {

std::uint64_t decimal(std::string_view digits) {
  std::uint64_t value = 0;
  const char* const end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, value);
  if (error != std::errc{} || stop != end) {
    throw UnusableLine(fmt::format("'{}' is not a decimal number", digits));
  }
  return value;
}

std::vector<std::uint64_t> decimals(std::string_view list, std::size_t count) {
  std::vector<std::uint64_t> numbers;
  numbers.reserve(count);
  std::string_view rest = list;
  while (!rest.empty()) {
    const std::string_view digits = rest.substr(0, rest.find(','));
    numbers.push_back(decimal(digits));
    rest.remove_prefix(std::min(digits.size() + 1, rest.size()));
  }
  if (numbers.size() != count) {
    throw UnusableLine(fmt::format("'{}' should be {} numbers", list, count));
  }
  return numbers;
}

Words::Words(std::string_view text) {
  while (true) {
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    if (text.empty()) return;
    const std::string_view word = text.substr(0, text.find(' '));
    const std::size_t equals = std::min(word.find('='), word.size());
    words_.emplace_back(word.substr(0, equals), word.substr(equals));
    text.remove_prefix(word.size());
  }
}

std::string_view Words::take_first() {
  if (words_.empty() || !words_.front().second.empty()) return {};
  const std::string_view word = words_.front().first;
  words_.erase(words_.begin());
  return word;
}

bool Words::has(std::string_view word) const {
  return std::any_of(words_.begin(), words_.end(), [&](const auto& candidate) {
    return candidate.first == word && candidate.second.empty();
  });
}

std::string_view Words::value_or_empty(std::string_view key) const {
  for (const auto& [word, value] : words_) {
    if (word == key && !value.empty()) return value.substr(1);
  }
  return {};
}

std::string_view Words::text(std::string_view key) const {
  const auto found = std::find_if(words_.begin(), words_.end(), [&](const auto& word) {
    return word.first == key && !word.second.empty();
  });
  if (found == words_.end()) throw UnusableLine(fmt::format("there is no {}=", key));
  return found->second.substr(1);
}

}  // namespace tessera::replay
