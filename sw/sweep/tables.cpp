#include "sw/sweep/tables.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "sw/report/result_file.hpp"
#include "sw/report/text_table.hpp"
#include "sw/sweep/crossover.hpp"
#include "sw/sweep/standing.hpp"

namespace tessera::sweep {
namespace {

/// What ended the runs at a place: "ENOMEM (mmap)"; empty when they did the whole job.
std::string trouble_text(const Summary& summary, const Place& place, const Pair& pair) {
  std::string text;
  for (const std::size_t method : {pair.first, pair.second}) {
    const Cell* cell = summary.at(place, method);
    if (cell == nullptr) return "–";
    if (cell->trouble == "refused") return "–";
    if (cell->trouble.empty()) continue;
    text +=
        fmt::format("{}{} ({})", text.empty() ? "" : ", ", cell->trouble, summary.methods[method]);
  }
  return text.empty() ? "0 counted" : text;
}

/// "0.374 ± 0.001"; with how many repeats it is of, if that is not all of them.
std::string interval_text(const Interval& interval, bool waits) {
  std::string text = fmt::format("{:.3f}", interval.mean);
  if (interval.half) text += fmt::format(" ± {:.3f}", *interval.half);
  if (waits) text += fmt::format(" (n = {})", interval.n);
  return text;
}

std::string ratio_text(const Summary& summary, const Place& place, const Pair& pair,
                       const std::string& quantity) {
  const Interval ratio = ratio_of(summary, place, pair.first, pair.second, quantity);
  if (ratio.n == 0) return trouble_text(summary, place, pair);
  return interval_text(ratio, waits(summary, place, pair));
}

/// Where a plane lies: a place of it, with the plane's indices at 0.
Place beside(Place place, const std::vector<std::size_t>& plane) {
  for (const std::size_t axis : plane) {
    place[axis] = 0;
  }
  return place;
}

std::set<Place> places_beside(const Summary& summary, const std::vector<std::size_t>& plane) {
  std::set<Place> places;
  for (const auto& [place, cells] : summary.points) {
    places.insert(beside(place, plane));
  }
  return places;
}

std::string value_of(const Axis& axis, std::size_t i) { return report::value_text(axis.values[i]); }

std::string plane_table(const Summary& summary, Place place, const std::vector<std::size_t>& plane,
                        const Pair& pair, const std::string& quantity) {
  const Axis& down = summary.axes[plane.front()];
  const bool flat = plane.size() == 1;
  std::vector<std::string> headings{down.key};
  if (flat) {
    headings.emplace_back("ratio");
  } else {
    const Axis& across = summary.axes[plane[1]];
    for (std::size_t i = 0; i < across.values.size(); ++i) {
      headings.push_back(fmt::format("{} {}", across.key, value_of(across, i)));
    }
  }
  report::TextTable table(headings);
  for (std::size_t row = 0; row < down.values.size(); ++row) {
    place[plane.front()] = row;
    std::vector<std::string> cells{value_of(down, row)};
    for (std::size_t column = 0; column + 1 < headings.size(); ++column) {
      if (!flat) place[plane[1]] = column;
      cells.push_back(ratio_text(summary, place, pair, quantity));
    }
    table.add_row(cells);
  }
  return table.markdown();
}

/// Who has less, at how many of these places, and by how much.
struct Score {
  std::size_t places = 0;
  std::size_t first = 0;
  std::size_t second = 0;
  double least = 1;
  double most = 1;

  void add(double ratio) {
    ++places;
    first += static_cast<std::size_t>(ratio < 1);
    second += static_cast<std::size_t>(ratio > 1);
    least = std::min(least, ratio);
    most = std::max(most, ratio);
  }
};

/// The answer of a plane in a sentence.
std::string plane_words(const Summary& summary, const Place& where,
                        const std::vector<std::size_t>& plane, const Pair& pair,
                        const std::string& quantity) {
  Score score;
  for (const auto& [place, cells] : summary.points) {
    if (beside(place, plane) != where || waits(summary, place, pair)) continue;
    const Interval ratio = ratio_of(summary, place, pair.first, pair.second, quantity);
    if (ratio.n != 0) score.add(ratio.mean);
  }
  if (score.places == 0) return "No place where both did the whole job.";
  return fmt::format(
      "Of {} place{} where both did the whole job, {} has less at {} (ratios down to {:.3f}), {} "
      "at {} (up to {:.3f}).",
      score.places, score.places == 1 ? "" : "s", summary.methods[pair.first], score.first,
      score.least, summary.methods[pair.second], score.second, score.most);
}

std::string crossover_table(const Summary& summary, std::size_t axis, const Pair& pair,
                            const std::string& quantity) {
  const std::string& first = summary.methods[pair.first];
  const std::string& second = summary.methods[pair.second];
  report::TextTable table({"where", fmt::format("fewer along {}", summary.axes[axis].key)});
  for (const Crossover& crossover : crossovers(summary, axis, pair.first, pair.second, quantity)) {
    table.add_row({summary.describe(crossover.place, {axis}), words_for(crossover, first, second)});
  }
  return table.markdown();
}

std::string comparison_of(const Summary& summary, const std::vector<std::size_t>& plane,
                          const Pair& pair, const std::string& quantity) {
  std::string text = fmt::format("## {}, {} : {}\n\n", quantity, summary.methods[pair.first],
                                 summary.methods[pair.second]);
  for (const Place& place : places_beside(summary, plane)) {
    if (plane.size() < summary.axes.size()) {
      text += fmt::format("### {}\n\n", summary.describe(place, plane));
    }
    text += plane_words(summary, place, plane, pair, quantity) + "\n\n";
    text += plane_table(summary, place, plane, pair, quantity) + "\n";
  }
  for (const std::size_t axis : plane) {
    text += fmt::format("### Crossover along {}\n\n{}\n", summary.axes[axis].key,
                        crossover_table(summary, axis, pair, quantity));
  }
  return text;
}

std::string cell_text(const Cell& cell) {
  if (!cell.trouble.empty()) return cell.trouble == "refused" ? "–" : cell.trouble;
  const auto found = cell.values.find(kCyclesPerAccess);
  if (found == cell.values.end()) return "no accesses";
  return interval_text(interval_of(found->second), cell.unfinished != 0);
}

std::string places_table(const Summary& summary) {
  std::vector<std::string> headings{"where"};
  headings.insert(headings.end(), summary.methods.begin(), summary.methods.end());
  report::TextTable table(headings);
  for (const auto& [place, cells] : summary.points) {
    std::vector<std::string> row{summary.describe(place, {})};
    for (const Cell& cell : cells) {
      row.push_back(cell_text(cell));
    }
    table.add_row(row);
  }
  return fmt::format("## {}\n\n{}\n", kCyclesPerAccess, table.markdown());
}

}  // namespace

std::vector<std::size_t> plane_of(const Summary& summary) {
  std::vector<std::size_t> axes;
  for (std::size_t i = 0; i < summary.axes.size(); ++i) {
    if (summary.axes[i].numeric()) axes.push_back(i);
  }
  std::stable_sort(axes.begin(), axes.end(), [&](std::size_t a, std::size_t b) {
    return summary.axes[a].values.size() > summary.axes[b].values.size();
  });
  axes.resize(std::min<std::size_t>(2, axes.size()));
  std::sort(axes.begin(), axes.end());
  return axes;
}

std::vector<std::string> compared_quantities(const Summary& summary) {
  std::vector<std::string> quantities;
  for (const char* name : {kCyclesPerAccess, "counters.tlb_refills"}) {
    if (std::find(summary.quantities.begin(), summary.quantities.end(), name) !=
        summary.quantities.end()) {
      quantities.emplace_back(name);
    }
  }
  return quantities;
}

std::string markdown_of(const Summary& summary) {
  const std::vector<std::size_t> plane = plane_of(summary);
  std::string text = summary.unfinished() ? progress_text(summary) + ".\n\n" : "";
  if (plane.empty()) text += places_table(summary);
  for (const Pair& pair : pairs_of(summary)) {
    if (plane.empty()) break;
    for (const std::string& quantity : compared_quantities(summary)) {
      text += comparison_of(summary, plane, pair, quantity);
    }
  }
  return text + winners_text(summary) + "\n";
}

}  // namespace tessera::sweep
