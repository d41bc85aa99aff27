#pragma once

#include <string>
#include <string_view>
#include <vector>

#define TOML_EXCEPTIONS 1
#include <toml++/toml.h>

#include "model/pte/layout.hpp"

namespace tessera::pte {

/// What masks and fields are written in: names for bits, and the width of the entry.
struct Vocabulary {
  unsigned width = 0;
  std::vector<NamedBits> bits;
};

/// One table of a format's file. Everything that is wrong with it is a UserError that begins
/// with "file:line: ", says what is wrong and how to mend it.
class TableReader {
 public:
  /// Refuses any key of the table that is not one of `keys`. `name` is what messages call the
  /// table; empty for the file itself.
  TableReader(const toml::table& table, std::string name, std::string path,
              const std::vector<std::string>& keys);

  bool has(std::string_view key) const { return table_.contains(key); }

  /// A string that must be there.
  std::string text(std::string_view key) const;

  /// A list of strings, or one; empty if it is not there.
  std::vector<std::string> texts(std::string_view key) const;

  /// A number that must be there, from `least` to `most`.
  unsigned number(std::string_view key, unsigned least, unsigned most) const;

  bool flag(std::string_view key) const;

  /// Bits, by number, range or name, alone or in a list; 0 if they are not there.
  Raw mask(std::string_view key, const Vocabulary& vocabulary) const;

  /// Ranges of bits that hold a number, its lowest bits first; empty if they are not there.
  Field field(std::string_view key, const Vocabulary& vocabulary) const;

  /// A table inside this one; null if it is not there.
  const toml::table* table(std::string_view key) const;

  /// Refuses what stands under this key.
  [[noreturn]] void fail(std::string_view key, const std::string& what) const;

  /// Refuses a node of this table.
  [[noreturn]] void fail(const toml::node& node, const std::string& what) const;

  const std::string& path() const { return path_; }

 private:
  std::string full_name(std::string_view key) const;
  std::vector<const toml::node*> items(std::string_view key) const;
  Raw mask_item(const toml::node& item, const Vocabulary& vocabulary) const;
  Piece range_of(const toml::node& item, const std::string& text, unsigned width) const;
  [[noreturn]] void fail_at(const toml::source_position& where, const std::string& what) const;

  const toml::table& table_;
  std::string name_;
  std::string path_;
};

}  // namespace tessera::pte
