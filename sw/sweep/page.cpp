#include "sw/sweep/page.hpp"

#include <fmt/format.h>

#include "model/types/user_error.hpp"
#include "sw/report/page_template.hpp"
#include "sw/sweep/crossover.hpp"
#include "sw/sweep/standing.hpp"
#include "sw/sweep/tables.hpp"

namespace tessera::sweep {
namespace {

using nlohmann::ordered_json;

/// Larger pages take browsers long, and nobody reads them.
constexpr std::size_t kLargestPage = 3'000'000;

/// [mean, half of the interval or null, n]; null where there is none.
ordered_json triple(const Interval& interval) {
  if (interval.n == 0) return nullptr;
  ordered_json half = nullptr;
  if (interval.half) half = *interval.half;
  return {interval.mean, half, interval.n};
}

/// For each quantity.
ordered_json values_of(const Summary& summary, const Cell& cell) {
  ordered_json values = ordered_json::array();
  for (const std::string& quantity : summary.quantities) {
    const auto found = cell.values.find(quantity);
    values.push_back(found == cell.values.end() ? nullptr : triple(interval_of(found->second)));
  }
  return values;
}

/// More digits than are shown, and fewer than would make the page long.
double rounded(double value) { return std::stod(fmt::format("{:.7g}", value)); }

/// For each pair of methods, for each quantity.
ordered_json ratios_of(const Summary& summary, const Place& place) {
  ordered_json pairs = ordered_json::array();
  for (const Pair& pair : pairs_of(summary)) {
    ordered_json ratios = ordered_json::array();
    for (const std::string& quantity : summary.quantities) {
      Interval ratio = ratio_of(summary, place, pair.first, pair.second, quantity);
      ratio.mean = rounded(ratio.mean);
      if (ratio.half) ratio.half = rounded(*ratio.half);
      ratios.push_back(triple(ratio));
    }
    pairs.push_back(ratios);
  }
  return pairs;
}

ordered_json standing_at(const Summary& summary, const Place& place,
                         const std::vector<Cell>& cells) {
  const Standing standing = standing_of(summary, cells);
  ordered_json second = nullptr;
  if (standing.ranked.size() > 1) {
    second = rounded(
        ratio_of(summary, place, standing.ranked[1], standing.ranked[0], kCyclesPerAccess).mean);
  }
  return {{"ranked", standing.ranked},
          {"decided", standing.decided()},
          {"tie", standing.tie},
          {"second", second}};
}

ordered_json points_of(const Summary& summary) {
  ordered_json points = ordered_json::array();
  for (const auto& [place, cells] : summary.points) {
    ordered_json methods = ordered_json::array();
    for (const Cell& cell : cells) {
      if (cell.trouble.empty()) {
        methods.push_back({{"values", values_of(summary, cell)}});
        if (cell.unfinished != 0) methods.back()["unfinished"] = cell.unfinished;
      } else {
        methods.push_back({{"trouble", cell.trouble}, {"reason", cell.reason}});
      }
    }
    points.push_back({{"at", place},
                      {"methods", methods},
                      {"ratios", ratios_of(summary, place)},
                      {"standing", standing_at(summary, place, cells)}});
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

ordered_json pairs_in(const Summary& summary) {
  ordered_json pairs = ordered_json::array();
  for (const Pair& pair : pairs_of(summary)) {
    pairs.push_back({pair.first, pair.second});
  }
  return pairs;
}

/// "tessera sweep s.toml -o s.sqlite".
std::string command_of(const Summary& summary) {
  return fmt::format("tessera sweep {} -o {}.sqlite", summary.name,
                     summary.name.substr(0, summary.name.rfind('.')));
}

std::string page_with(const Summary& summary, const std::string& note) {
  ordered_json data;
  data["title"] = "Sweep " + summary.name;
  data["version"] = summary.tessera_version;
  data["axes"] = axes_of(summary);
  data["plane"] = plane_of(summary);
  data["methods"] = summary.methods;
  data["quantities"] = summary.quantities;
  data["pairs"] = pairs_in(summary);
  data["winners"] = winners_text(summary);
  data["progress"] = progress_text(summary);
  data["unfinished"] = summary.unfinished();
  data["note"] = note;
  data["fixed"] = summary.fixed;
  data["command"] = command_of(summary);
  data["crossovers"] = crossovers_of(summary);
  data["points"] = points_of(summary);
  return report::filled_page(report::Page::Sweep, "Sweep " + summary.name, markdown_of(summary),
                             data);
}

std::string megabytes(const std::string& page) {
  return fmt::format("{:.1f} MB", static_cast<double>(page.size()) / 1e6);
}

}  // namespace

std::string page_of(const Summary& summary) {
  std::string whole = page_with(summary, "");
  if (whole.size() <= kLargestPage) return whole;
  Summary brief = summary;
  brief.quantities = compared_quantities(summary);
  std::string page = page_with(
      brief, fmt::format("With all quantities this page would have {}; tessera sweep export has "
                         "them all.",
                         megabytes(whole)));
  if (page.size() <= kLargestPage) return page;
  throw UserError(fmt::format(
      "{}: the page of {} combinations would have {}, and 3 MB is the most; --format markdown has "
      "the tables, and tessera sweep export the rows",
      summary.name, summary.points.size(), megabytes(page)));
}

}  // namespace tessera::sweep
