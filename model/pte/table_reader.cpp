#include "model/pte/table_reader.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "model/pte/bit_ranges.hpp"
#include "model/types/suggestion.hpp"
#include "model/types/user_error.hpp"

namespace tessera::pte {

namespace {

constexpr const char* kBitsHint =
    R"(write a bit's name of [bits], a range "11:8", a bit "5", a number 0x20, or a list of them)";

std::optional<Raw> parse_number(std::string_view text) {
  const bool hexadecimal = text.starts_with("0x");
  if (hexadecimal) text.remove_prefix(2);
  Raw value = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), value, hexadecimal ? 16 : 10);
  const bool whole = error == std::errc{} && end == text.data() + text.size();
  return whole ? std::optional(value) : std::nullopt;
}

std::vector<std::string> names_of(const std::vector<NamedBits>& bits) {
  std::vector<std::string> names;
  names.reserve(bits.size());
  for (const NamedBits& bit : bits) {
    names.push_back(bit.name);
  }
  return names;
}

bool starts_with_digit(const std::string& text) {
  return !text.empty() && std::isdigit(static_cast<unsigned char>(text.front())) != 0;
}

}  // namespace

TableReader::TableReader(const toml::table& table, std::string name, std::string path,
                         const std::vector<std::string>& keys)
    : table_(table), name_(std::move(name)), path_(std::move(path)) {
  for (const auto& [key, node] : table) {
    const std::string text(key.str());
    if (std::find(keys.begin(), keys.end(), text) == keys.end()) {
      const std::string where = name_.empty() ? "a format" : "[" + name_ + "]";
      fail_at(key.source().begin,
              fmt::format("{} has no key '{}'{}", where, text, suggestion(text, keys)));
    }
  }
}

std::string TableReader::full_name(std::string_view key) const {
  return name_.empty() ? std::string(key) : fmt::format("{}.{}", name_, key);
}

void TableReader::fail_at(const toml::source_position& where, const std::string& what) const {
  // A table that is implied by a dotted key has no place of its own.
  throw UserError(fmt::format("{}:{}: {}", path_, std::max<unsigned>(where.line, 1), what));
}

void TableReader::fail(const toml::node& node, const std::string& what) const {
  fail_at(node.source().begin, what);
}

void TableReader::fail(std::string_view key, const std::string& what) const {
  const toml::node* node = table_.get(key);
  fail(node == nullptr ? table_ : *node, what);
}

std::string TableReader::text(std::string_view key) const {
  const toml::node* node = table_.get(key);
  if (node == nullptr) {
    fail(key, fmt::format("{} is missing; add {} = \"…\"", full_name(key), key));
  }
  const auto* text = node->as_string();
  if (text == nullptr || text->get().empty()) {
    fail(key, fmt::format("{} must be a text in quotes, and not empty", full_name(key)));
  }
  return text->get();
}

std::vector<const toml::node*> TableReader::items(std::string_view key) const {
  std::vector<const toml::node*> list;
  const toml::node* node = table_.get(key);
  if (node == nullptr) return list;
  const toml::array* array = node->as_array();
  if (array == nullptr) return {node};
  for (const toml::node& item : *array) {
    list.push_back(&item);
  }
  return list;
}

std::vector<std::string> TableReader::texts(std::string_view key) const {
  std::vector<std::string> list;
  for (const toml::node* item : items(key)) {
    const auto* text = item->as_string();
    if (text == nullptr) {
      fail(*item, fmt::format("{} must be a text in quotes, or a list of them", full_name(key)));
    }
    list.push_back(text->get());
  }
  return list;
}

unsigned TableReader::number(std::string_view key, unsigned least, unsigned most) const {
  const toml::node* node = table_.get(key);
  if (node == nullptr) {
    fail(key, fmt::format("{} is missing; add {} = a number from {} to {}", full_name(key), key,
                          least, most));
  }
  const auto* number = node->as_integer();
  if (number == nullptr || number->get() < least || number->get() > most) {
    fail(key, fmt::format("{} must be a number from {} to {}", full_name(key), least, most));
  }
  return static_cast<unsigned>(number->get());
}

bool TableReader::flag(std::string_view key) const {
  const toml::node* node = table_.get(key);
  if (node == nullptr) return false;
  const auto* flag = node->as_boolean();
  if (flag == nullptr) fail(key, fmt::format("{} must be true or false", full_name(key)));
  return flag->get();
}

const toml::table* TableReader::table(std::string_view key) const {
  const toml::node* node = table_.get(key);
  if (node == nullptr) return nullptr;
  if (!node->is_table()) {
    fail(key, fmt::format("{0} must be a table; write [{0}] on a line of its own", full_name(key)));
  }
  return node->as_table();
}

Piece TableReader::range_of(const toml::node& item, const std::string& text, unsigned width) const {
  const std::size_t colon = text.find(':');
  const auto high = parse_number(std::string_view(text).substr(0, colon));
  const auto low =
      colon == std::string::npos ? high : parse_number(std::string_view(text).substr(colon + 1));
  if (!high || !low) {
    fail(item, fmt::format(R"('{}' is no range of bits; write "11:8", or "5" for one bit)", text));
  }
  if (*high < *low) {
    fail(item, fmt::format("'{0}' runs upwards; write \"{2}:{1}\"", text, *high, *low));
  }
  if (*high >= width) {
    fail(item, fmt::format("'{}' lies outside the word, whose highest bit is {}", text, width - 1));
  }
  return {static_cast<unsigned>(*low), static_cast<unsigned>(*high - *low + 1)};
}

Raw TableReader::mask_item(const toml::node& item, const Vocabulary& vocabulary) const {
  std::optional<Raw> value;
  std::string text;
  if (const auto* number = item.as_integer(); number != nullptr && number->get() >= 0) {
    value = static_cast<Raw>(number->get());
  } else if (const auto* string = item.as_string(); string != nullptr) {
    text = string->get();
    if (text.starts_with("0x")) value = parse_number(text);
  } else {
    fail(item, fmt::format("these are no bits; {}", kBitsHint));
  }
  if (value && (*value & ~ones(vocabulary.width)) != 0) {
    fail(item, fmt::format("{:#x} has bits outside the word, whose highest bit is {}", *value,
                           vocabulary.width - 1));
  }
  if (value) return *value;
  if (starts_with_digit(text)) {
    const Piece range = range_of(item, text, vocabulary.width);
    return ones(range.bits) << range.low;
  }
  const auto named = std::find_if(vocabulary.bits.begin(), vocabulary.bits.end(),
                                  [&](const NamedBits& bits) { return bits.name == text; });
  if (named == vocabulary.bits.end()) {
    fail(item,
         fmt::format("[bits] has no '{}'{}", text, suggestion(text, names_of(vocabulary.bits))));
  }
  return named->mask;
}

Raw TableReader::mask(std::string_view key, const Vocabulary& vocabulary) const {
  Raw mask = 0;
  for (const toml::node* item : items(key)) {
    mask |= mask_item(*item, vocabulary);
  }
  return mask;
}

Field TableReader::field(std::string_view key, const Vocabulary& vocabulary) const {
  Field field;
  for (const toml::node* item : items(key)) {
    const auto* text = item->as_string();
    if (text == nullptr) {
      fail(*item, fmt::format("{} must be a range of bits in quotes, \"31:12\", or a list of them, "
                              "the number's lowest bits first",
                              full_name(key)));
    }
    const Piece piece = range_of(*item, text->get(), vocabulary.width);
    const Raw twice = field.mask() & (ones(piece.bits) << piece.low);
    if (twice != 0) {
      fail(*item, fmt::format("{} has bit {} twice; each bit can hold one bit of the number",
                              full_name(key), range_text(twice)));
    }
    field.pieces.push_back(piece);
  }
  return field;
}

}  // namespace tessera::pte
