#include "sw/report/difference.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/core.h>

#include "sw/report/text_table.hpp"

namespace tessera::report {
namespace {

using nlohmann::ordered_json;

const ordered_json* run_of(const ResultFile& file, const std::string& method) {
  for (const ordered_json& run : file.document["results"]) {
    if (run["method"] == method) return &run;
  }
  return nullptr;
}

std::vector<std::string> methods_of(const ResultFile& file) {
  std::vector<std::string> methods;
  for (const ordered_json& run : file.document["results"]) {
    methods.push_back(run["method"].get<std::string>());
  }
  return methods;
}

/// A figure's name and value.
using Figures = std::vector<std::pair<std::string, double>>;

Figures figures_of(const ordered_json& run) {
  const double accesses = run["counters"]["accesses"].get<double>();
  Figures figures;
  if (accesses != 0) {
    figures.emplace_back("cycles_per_access", run["cycles"]["total"].get<double>() / accesses);
  }
  for (const auto& [name, value] : run["cycles"].items()) {
    figures.emplace_back("cycles." + name, value.get<double>());
  }
  for (const auto& [name, value] : run["counters"].items()) {
    figures.emplace_back(name, value.get<double>());
  }
  return figures;
}

/// What a run has not, as another version did not count it, is not compared.
void compare_runs(const std::string& method, const ordered_json& before, const ordered_json& after,
                  Difference& difference) {
  const Figures later = figures_of(after);
  for (const auto& [name, value] : figures_of(before)) {
    const auto found = std::find_if(later.begin(), later.end(), [&, &wanted = name](const auto& f) {
      return f.first == wanted;
    });
    if (found == later.end()) continue;
    auto& figures = difference.figures;
    if (std::find(figures.begin(), figures.end(), name) == figures.end()) figures.push_back(name);
    if (found->second != value) {
      difference.changes.push_back({method, name, value, found->second});
    }
  }
}

std::string end_text(const ordered_json& error) {
  return error.is_null() ? "ran to its end" : "ended with " + error.get<std::string>();
}

void compare_ends(const std::string& method, const ordered_json& before, const ordered_json& after,
                  Difference& difference) {
  if (before["error"] == after["error"]) return;
  difference.oddities.push_back({fmt::format("{} {}; before it {}.", method,
                                             end_text(after["error"]), end_text(before["error"])),
                                 !after["error"].is_null()});
}

/// No accesses have no cycles an access, which a gate must not take for no change.
void compare_accesses(const std::string& method, const ordered_json& before,
                      const ordered_json& after, Difference& difference) {
  const auto earlier = before["counters"]["accesses"].get<std::uint64_t>();
  const auto later = after["counters"]["accesses"].get<std::uint64_t>();
  if (earlier != 0 && later != 0) return;
  difference.oddities.push_back(
      {fmt::format("{} has {} accesses, before it had {}: no cycles_per_access.", method,
                   grouped(later), grouped(earlier)),
       true});
}

/// 12345 as "12,345", 3.25 as "3.2".
std::string figure_text(const Change& change, double value) {
  return change.figure == "cycles_per_access" ? fmt::format("{:.2f}", value)
                                              : grouped(static_cast<std::uint64_t>(value));
}

std::string parameters_text(const Difference& difference, const ResultFile& before,
                            const ResultFile& after) {
  if (difference.parameters.empty()) return "The configurations are the same.\n";
  TextTable table({"parameter", before.name, after.name});
  for (const auto& row : difference.parameters) {
    table.add_row(row);
  }
  return table.text();
}

std::string changes_text(const Difference& difference, const ResultFile& before,
                         const ResultFile& after) {
  if (difference.changes.empty()) return "No figure changed.\n";
  TextTable table({"method", "figure", before.name, after.name, "change"});
  for (const Change& change : difference.changes) {
    table.add_row({change.method, change.figure, figure_text(change, change.before),
                   figure_text(change, change.after), rise_text(change)});
  }
  return table.text();
}

}  // namespace

double Change::rise() const {
  if (before == after) return 0;
  return before == 0 ? std::numeric_limits<double>::infinity() : (after - before) / before;
}

Difference difference_between(const ResultFile& before, const ResultFile& after) {
  Difference difference;
  difference.parameters = differing_parameters({before, after});
  for (const std::string& method : methods_of(before)) {
    const ordered_json& earlier = *run_of(before, method);
    if (const ordered_json* later = run_of(after, method)) {
      compare_ends(method, earlier, *later, difference);
      compare_accesses(method, earlier, *later, difference);
      compare_runs(method, earlier, *later, difference);
    } else {
      difference.oddities.push_back({fmt::format("{} is only in {}.", method, before.name), true});
    }
  }
  for (const std::string& method : methods_of(after)) {
    if (run_of(before, method) == nullptr) {
      difference.oddities.push_back({fmt::format("{} is only in {}.", method, after.name), false});
    }
  }
  return difference;
}

std::string rise_text(const Change& change) {
  const double rise = change.rise();
  return std::isinf(rise) ? "new" : fmt::format("{:+.2f} %", 100 * rise);
}

std::string text_of(const Difference& difference, const ResultFile& before,
                    const ResultFile& after) {
  std::string text = parameters_text(difference, before, after) + "\n";
  text += changes_text(difference, before, after);
  for (const Oddity& oddity : difference.oddities) {
    text += oddity.text + "\n";
  }
  return text;
}

}  // namespace tessera::report
