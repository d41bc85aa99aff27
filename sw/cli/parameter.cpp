#include "sw/cli/parameter.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "model/types/user_error.hpp"
#include "sw/cli/parameter_lists.hpp"
#include "sw/cli/suggestion.hpp"

namespace tessera::cli {

const char* name_of(ValueKind kind) {
  static constexpr std::array<const char*, 6> kNames{"whole number", "number", "flag",
                                                     "name",         "names",  "text"};
  return kNames.at(static_cast<std::size_t>(kind));
}

std::string description_of(const Parameter& parameter) {
  const bool named = parameter.kind == ValueKind::Name || parameter.kind == ValueKind::Names;
  return named ? fmt::format("{}: {}", parameter.meaning, parameter.values) : parameter.meaning;
}

const std::vector<Parameter>& parameters() {
  static const std::vector<Parameter> the_parameters = [] {
    std::vector<Parameter> all;
    for (auto* list :
         {&workload_parameters, &machine_parameters, &mmu_parameters, &measure_parameters}) {
      std::vector<Parameter> part = list();
      std::move(part.begin(), part.end(), std::back_inserter(all));
    }
    return all;
  }();
  return the_parameters;
}

const Parameter* find_parameter(std::string_view key) {
  const auto found = std::find_if(parameters().begin(), parameters().end(),
                                  [&](const Parameter& p) { return p.key == key; });
  return found == parameters().end() ? nullptr : &*found;
}

const Parameter& require_parameter(const std::string& key, const std::string& origin) {
  if (const Parameter* parameter = find_parameter(key)) return *parameter;
  std::vector<std::string> keys;
  for (const Parameter& parameter : parameters()) {
    keys.push_back(parameter.key);
  }
  throw UserError(fmt::format("{}: unknown parameter '{}'{}", origin, key, suggestion(key, keys)));
}

nlohmann::ordered_json values_of(const Configuration& configuration) {
  nlohmann::ordered_json values = nlohmann::ordered_json::object();
  for (const Parameter& parameter : parameters()) {
    values[parameter.key] = parameter.get(configuration);
  }
  return values;
}

std::string print_toml(const Configuration& configuration) {
  std::string text;
  std::string table;
  for (const Parameter& parameter : parameters()) {
    if (!applies_to(parameter.key, *configuration.workload)) {
      continue;
    }
    const std::size_t dot = parameter.key.rfind('.');
    const std::string of = dot == std::string::npos ? "" : parameter.key.substr(0, dot);
    if (of != table) {
      text += fmt::format("\n[{}]\n", of);
      table = of;
    }
    const std::string name =
        dot == std::string::npos ? parameter.key : parameter.key.substr(dot + 1);
    // A JSON number, boolean or string reads the same in TOML.
    text += fmt::format("{} = {}  # {}\n", name, parameter.get(configuration).dump(),
                        description_of(parameter));
  }
  return text;
}

}  // namespace tessera::cli
