#include "sw/cli/reproduction.hpp"

#include <algorithm>
#include <cctype>
#include <utility>

#include <fmt/core.h>

#include "model/types/user_error.hpp"
#include "sw/cli/configuration.hpp"
#include "sw/cli/flag.hpp"
#include "sw/cli/parameter.hpp"
#include "sw/cli/parameter_lists.hpp"

namespace tessera::cli {
namespace {

using nlohmann::ordered_json;

/// As a shell reads it as one word.
std::string quoted(const std::string& word) {
  const auto plain = [](unsigned char c) {
    return std::isalnum(c) != 0 ||
           std::string_view("_-./,:=+@%").find(static_cast<char>(c)) != std::string_view::npos;
  };
  if (!word.empty() && std::all_of(word.begin(), word.end(), plain)) return word;
  std::string result = "'";
  for (const char c : word) {
    result += c == '\'' ? std::string("'\\''") : std::string(1, c);
  }
  return result + "'";
}

/// The assignments that lead from the defaults to `config`. Parameters stand behind the presets
/// that set them, so each is looked at after all that could have set it.
std::vector<Assignment> assignments_for(const ordered_json& config) {
  std::vector<Assignment> needed;
  ordered_json values = values_of(configure(needed));
  for (const Parameter& parameter : parameters()) {
    const auto wanted = config.find(parameter.key);
    if (wanted == config.end() || *wanted == values[parameter.key]) continue;
    needed.push_back({parameter.key, report::value_text(*wanted), "the result"});
    values = values_of(configure(needed));
  }
  return needed;
}

/// True when these assignments give every value of `config`, and no key of it is unknown.
bool leads_to(const std::vector<Assignment>& assignments, const ordered_json& config) {
  const ordered_json values = values_of(configure(assignments));
  return std::all_of(config.items().begin(), config.items().end(), [&](const auto& wanted) {
    return values.contains(wanted.key()) && values[wanted.key()] == wanted.value();
  });
}

}  // namespace

std::string command_for(const ordered_json& config) {
  try {
    const std::vector<Assignment> assignments = assignments_for(config);
    if (!leads_to(assignments, config)) return {};
    std::string command = "tessera compare";
    for (const auto& [key, value, origin] : assignments) {
      command += has_flag(key) ? fmt::format(" {} {}", flag_of(key), quoted(value))
                               : fmt::format(" --set {}", quoted(fmt::format("{}={}", key, value)));
    }
    return command;
  } catch (const UserError&) {
    return {};
  }
}

report::ResultFile result_file(std::string name, ordered_json document) {
  report::ResultFile file{std::move(name), std::move(document), "", ordered_json::object()};
  file.command = command_for(file.document["config"]);
  for (const Parameter& parameter : parameters()) {
    file.meanings[parameter.key] = description_of(parameter);
  }
  return file;
}

}  // namespace tessera::cli
