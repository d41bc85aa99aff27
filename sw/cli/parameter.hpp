#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "sw/cli/configuration.hpp"

namespace tessera::cli {

/// Of which kind a parameter's values are.
enum class ValueKind : std::uint8_t { WholeNumber, Number, Flag, Name, Names, Text };

/// "whole number", "number", "flag", "name", "names", "text".
const char* name_of(ValueKind kind);

/// One thing that can be configured, wherever from: a flag, --set, a config file.
struct Parameter {
  std::string key;      ///< dotted, as in a config file
  std::string meaning;  ///< with its unit: one line
  ValueKind kind;
  std::string values;  ///< "1 to 64", or all names by commas; empty: any text
  /// The value in force: a JSON number, boolean or string.
  std::function<nlohmann::json(const Configuration&)> get;
  /// Takes a value as written. Throws UserError that says what would be right.
  std::function<void(Configuration&, const std::string&)> set;
};

/// The parameter in one line: what it means, and the names that it takes.
std::string description_of(const Parameter& parameter);

/// All parameters, in the order of --print-config.
const std::vector<Parameter>& parameters();

/// The parameter of this key, or null.
const Parameter* find_parameter(std::string_view key);

/// The parameter of this key. Throws UserError, with the keys that may have been meant, when there
/// is none; `origin` is where the key stands.
const Parameter& require_parameter(const std::string& key, const std::string& origin);

/// All values in force as JSON, by key.
nlohmann::ordered_json values_of(const Configuration& configuration);

/// The values that the chosen workload looks at as TOML, each with its description: what
/// --config reads.
std::string print_toml(const Configuration& configuration);

}  // namespace tessera::cli
