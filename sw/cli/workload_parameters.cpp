#include <algorithm>
#include <array>

#include <fmt/ranges.h>

#include "sw/cli/parameter_kinds.hpp"
#include "sw/cli/parameter_lists.hpp"
#include "sw/workload/registry.hpp"

namespace tessera::cli {
namespace {

Parameter workload_parameter() {
  Names<const workload::Description*> names;
  for (const workload::Description& workload : workload::workloads()) {
    names.emplace_back(workload.name, &workload);
  }
  return choice(
      "workload", [](auto& c) -> auto& { return c.workload; }, std::move(names),
      "where accesses come from");
}

Names<machine::Method> method_names() {
  Names<machine::Method> names;
  names.reserve(machine::methods().size());
  for (const machine::MethodDescription& method : machine::methods()) {
    names.emplace_back(method.name, method.method);
  }
  return names;
}

std::vector<machine::Method> parse_methods(const std::string& text) {
  std::vector<machine::Method> chosen;
  std::size_t at = 0;
  while (at <= text.size()) {
    const std::size_t comma = std::min(text.find(',', at), text.size());
    const machine::Method method = parse_name(method_names(), text.substr(at, comma - at));
    if (std::find(chosen.begin(), chosen.end(), method) != chosen.end()) {
      throw UserError(fmt::format("'{}' names a method twice", text));
    }
    chosen.push_back(method);
    at = comma + 1;
  }
  return chosen;
}

std::string join_methods(const std::vector<machine::Method>& methods) {
  std::vector<std::string_view> names;
  names.reserve(methods.size());
  for (const machine::Method method : methods) {
    names.push_back(machine::describe(method).name);
  }
  return fmt::format("{}", fmt::join(names, ","));
}

Parameter methods_parameter() {
  return {"methods",
          "mapping methods to compare, comma-separated",
          ValueKind::Names,
          values_of_names(method_names()),
          [](const Configuration& c) -> nlohmann::json { return join_methods(c.methods); },
          [](Configuration& c, const std::string& text) { c.methods = parse_methods(text); }};
}

/// The parameter as the chosen workload has it, or the first one that does.
const workload::Parameter& definition_of(const workload::Description& chosen,
                                         std::string_view key) {
  if (const workload::Parameter* own = parameter_of(chosen, key)) return *own;
  return *parameter_of(*workload::workloads_with(key).front(), key);
}

double parse_real(const std::string& text, const workload::Parameter& parameter) {
  const char* end = text.data() + text.size();
  double value = 0;
  const auto [stopped, error] = std::from_chars(text.data(), end, value);
  const bool in_range = value >= static_cast<double>(parameter.lowest) &&
                        value <= static_cast<double>(parameter.highest);
  if (text.empty() || stopped != end || error != std::errc() || !in_range) {
    throw UserError(fmt::format("'{}' is not a number from {} to {}", text, parameter.lowest,
                                parameter.highest));
  }
  return value;
}

workload::Value parse_value(const std::string& text, const workload::Parameter& parameter) {
  if (std::holds_alternative<std::string>(parameter.initial)) return text;
  if (std::holds_alternative<double>(parameter.initial)) return parse_real(text, parameter);
  return parse_number(text, parameter.lowest, parameter.highest);
}

ValueKind kind_of(const workload::Parameter& parameter) {
  static constexpr std::array<ValueKind, 3> kKinds{ValueKind::WholeNumber, ValueKind::Number,
                                                   ValueKind::Text};
  return kKinds.at(parameter.initial.index());
}

Parameter parameter_for(const std::string& key) {
  const workload::Parameter& first = *parameter_of(*workload::workloads_with(key).front(), key);
  return {key,
          by_workload(key, [](const workload::Parameter& own) { return own.meaning; }),
          kind_of(first),
          by_workload(key, [](const workload::Parameter& own) { return range_of(own); }),
          [key](const Configuration& c) {
            return std::visit([](const auto& value) { return nlohmann::json(value); },
                              workload_value(c, key));
          },
          [key](Configuration& c, const std::string& text) {
            c.choices[key] = parse_value(text, definition_of(*c.workload, key));
          }};
}

}  // namespace

std::vector<Parameter> workload_parameters() {
  std::vector<Parameter> all{workload_parameter(), methods_parameter()};
  for (const std::string& key : workload::parameter_keys()) {
    all.push_back(parameter_for(key));
  }
  return all;
}

std::string by_workload(std::string_view key,
                        const std::function<std::string(const workload::Parameter&)>& text_of) {
  std::vector<std::pair<std::string, std::vector<std::string>>> owners;  // by text
  for (const workload::Description* owner : workload::workloads_with(key)) {
    const std::string text = text_of(*parameter_of(*owner, key));
    const auto same = std::find_if(owners.begin(), owners.end(),
                                   [&](const auto& known) { return known.first == text; });
    auto& names = same == owners.end() ? owners.emplace_back(text, 0).second : same->second;
    names.push_back(owner->name);
  }
  if (owners.size() == 1) return owners.front().first;
  std::vector<std::string> texts;
  texts.reserve(owners.size());
  for (const auto& [text, names] : owners) {
    texts.push_back(fmt::format("{}: {}", fmt::join(names, ", "), text));
  }
  return fmt::format("{}", fmt::join(texts, " | "));
}

std::string range_of(const workload::Parameter& parameter) {
  if (std::holds_alternative<std::string>(parameter.initial)) return "";
  return range_text(parameter.lowest, parameter.highest);
}

workload::Value workload_value(const Configuration& configuration, std::string_view key) {
  const auto chosen = configuration.choices.find(key);
  return chosen == configuration.choices.end() ? definition_of(*configuration.workload, key).initial
                                               : chosen->second;
}

bool applies_to(std::string_view key, const workload::Description& workload) {
  return parameter_of(workload, key) != nullptr || workload::workloads_with(key).empty();
}

}  // namespace tessera::cli
