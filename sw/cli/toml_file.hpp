#pragma once

#include <string>
#include <vector>

#define TOML_EXCEPTIONS 1
#include <toml++/toml.h>

#include "sw/cli/configuration.hpp"

/// TOML files of parameters, and the files that they extend.
namespace tessera::cli {

/// The key at the top of a file that names the file it extends.
inline constexpr const char* kExtends = "extends";

struct TomlFile {
  std::string path;
  toml::table table;
};

/// The file and all those it extends, directly or not: the base first, the file itself last. The
/// path in `extends` is relative to the folder of the file that it stands in. Throws UserError for
/// a file that cannot be read or is no TOML, and for files that extend each other in a circle.
std::vector<TomlFile> read_toml_files(const std::string& path);

/// Where a value stands: "lab.toml:12".
std::string place_of(const TomlFile& file, const toml::node& node);

/// A number, string or boolean as --set would have it. Throws UserError for anything else.
std::string scalar_text(const toml::node& node, const std::string& key, const std::string& origin);

/// All values of a table as assignments, tables in it as dotted keys behind `prefix`. Throws
/// UserError for values that are no scalars.
std::vector<Assignment> flattened(const TomlFile& file, const toml::table& table,
                                  const std::string& prefix);

}  // namespace tessera::cli
