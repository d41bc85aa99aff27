#include "sw/sweep/page.hpp"

#include <fmt/format.h>

#include "sw/report/page_template.hpp"
#include "sw/sweep/crossover.hpp"
#include "sw/sweep/tables.hpp"

namespace tessera::sweep {
namespace {

using nlohmann::ordered_json;

/// [mean, half of the interval or null, n] for each quantity; null where there is none.
ordered_json values_of(const Summary& summary, const Cell& cell) {
  ordered_json values = ordered_json::array();
  for (const std::string& quantity : summary.quantities) {
    const auto found = cell.values.find(quantity);
    if (found == cell.values.end()) {
      values.push_back(nullptr);
      continue;
    }
    const Interval interval = interval_of(found->second);
    ordered_json half = nullptr;
    if (interval.half) half = *interval.half;
    values.push_back({interval.mean, half, interval.n});
  }
  return values;
}

ordered_json points_of(const Summary& summary) {
  ordered_json points = ordered_json::array();
  for (const auto& [place, cells] : summary.points) {
    ordered_json methods = ordered_json::array();
    for (const Cell& cell : cells) {
      if (cell.trouble.empty()) {
        methods.push_back({{"values", values_of(summary, cell)}});
      } else {
        methods.push_back({{"trouble", cell.trouble}, {"reason", cell.reason}});
      }
    }
    points.push_back({{"at", place}, {"methods", methods}});
  }
  return points;
}

ordered_json axes_of(const Summary& summary) {
  ordered_json axes = ordered_json::array();
  for (const Axis& axis : summary.axes) {
    axes.push_back({{"key", axis.key}, {"numeric", axis.numeric()}, {"values", axis.values}});
  }
  return axes;
}

ordered_json crossovers_of(const Summary& summary, const Pair& pair, const std::string& quantity) {
  const std::string& first = summary.methods[pair.first];
  const std::string& second = summary.methods[pair.second];
  ordered_json lines = ordered_json::array();
  for (const std::size_t axis : plane_of(summary)) {
    for (const Crossover& one : crossovers(summary, axis, pair.first, pair.second, quantity)) {
      lines.push_back({quantity, fmt::format("{} : {}", first, second), summary.axes[axis].key,
                       summary.describe(one.place, {axis}), words_for(one, first, second)});
    }
  }
  return lines;
}

ordered_json crossovers_of(const Summary& summary) {
  ordered_json all = ordered_json::array();
  for (const Pair& pair : pairs_of(summary)) {
    for (const std::string& quantity : compared_quantities(summary)) {
      for (const ordered_json& line : crossovers_of(summary, pair, quantity)) {
        all.push_back(line);
      }
    }
  }
  return all;
}

}  // namespace

std::string page_of(const Summary& summary) {
  ordered_json data;
  data["title"] = "Sweep " + summary.name;
  data["version"] = summary.tessera_version;
  data["axes"] = axes_of(summary);
  data["plane"] = plane_of(summary);
  data["methods"] = summary.methods;
  data["quantities"] = summary.quantities;
  data["winners"] = winners_text(summary);
  data["crossovers"] = crossovers_of(summary);
  data["points"] = points_of(summary);
  return report::filled_page(report::Page::Sweep, "Sweep " + summary.name, markdown_of(summary),
                             data);
}

}  // namespace tessera::sweep
