#include "sw/sweep/standing.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "sw/report/comparison.hpp"
#include "sw/report/text_table.hpp"

namespace tessera::sweep {
namespace {

double cost_of(const Cell& cell) { return interval_of(cell.values.at(kCyclesPerAccess)).mean; }

/// How many places end how.
struct Endings {
  explicit Endings(const Summary& summary) : wins(summary.methods.size()) {
    for (const auto& [place, cells] : summary.points) {
      add(standing_of(summary, cells));
    }
  }

  void add(const Standing& standing) {
    waiting += static_cast<std::uint64_t>(standing.waits);
    if (!standing.decided()) return;
    ++decided;
    if (standing.tie) {
      ++ties;
    } else {
      ++wins[standing.ranked.front()];
    }
  }

  std::vector<std::uint64_t> wins;
  std::uint64_t ties = 0;
  std::uint64_t decided = 0;
  std::uint64_t waiting = 0;
};

bool has_accesses(const Summary& summary) {
  return std::find(summary.quantities.begin(), summary.quantities.end(), kCyclesPerAccess) !=
         summary.quantities.end();
}

std::string why_nobody_wins(const Summary& summary, const Endings& endings) {
  if (rivals_of(summary).empty()) return "Nothing to compare: none is the floor, not a rival.";
  if (summary.tally.done == 0) return "No run is done.";
  if (endings.waiting != 0) return "No combination has all its runs.";
  if (summary.quantities.empty() || has_accesses(summary)) return "No run did the whole job.";
  return "No accesses, so no cycles an access: nobody wins.";
}

std::string combinations(std::uint64_t count) {
  return fmt::format("{} combination{}", report::grouped(count), count == 1 ? "" : "s");
}

}  // namespace

std::vector<std::size_t> rivals_of(const Summary& summary) {
  std::vector<std::size_t> rivals;
  for (std::size_t i = 0; i < summary.methods.size(); ++i) {
    const auto method = machine::find_method(summary.methods[i]);
    if (method && report::is_rival(*method)) rivals.push_back(i);
  }
  return rivals;
}

std::vector<Pair> pairs_of(const Summary& summary) {
  std::vector<Pair> pairs;
  const std::vector<std::size_t> rivals = rivals_of(summary);
  for (auto first = rivals.begin(); first != rivals.end(); ++first) {
    for (auto second = rivals.begin(); second != first; ++second) {
      pairs.push_back({*first, *second});
    }
  }
  return pairs;
}

bool waits(const Summary& summary, const Place& place, const Pair& pair) {
  const auto unfinished = [&](std::size_t method) {
    const Cell* cell = summary.at(place, method);
    return cell != nullptr && cell->unfinished != 0;
  };
  return unfinished(pair.first) || unfinished(pair.second);
}

Standing standing_of(const Summary& summary, const std::vector<Cell>& cells) {
  Standing standing;
  for (const std::size_t method : rivals_of(summary)) {
    standing.waits = standing.waits || cells[method].unfinished != 0;
    if (cells[method].values.contains(kCyclesPerAccess)) standing.ranked.push_back(method);
  }
  auto& ranked = standing.ranked;
  std::stable_sort(ranked.begin(), ranked.end(), [&](std::size_t a, std::size_t b) {
    return cost_of(cells[a]) < cost_of(cells[b]);
  });
  standing.tie = ranked.size() > 1 && cost_of(cells[ranked[0]]) == cost_of(cells[ranked[1]]);
  return standing;
}

std::string winners_text(const Summary& summary) {
  const Endings endings(summary);
  if (endings.decided == 0) return why_nobody_wins(summary, endings);
  std::string text;
  const auto add = [&](const std::string& who, std::uint64_t count) {
    if (count == 0) return;
    text += fmt::format("{}{} at {}", text.empty() ? "" : ", ", who, report::grouped(count));
  };
  for (std::size_t i = 0; i < endings.wins.size(); ++i) {
    add(summary.methods[i], endings.wins[i]);
  }
  add("a tie", endings.ties);
  text = fmt::format("Fewest cycles an access, of {}: {}.", combinations(endings.decided), text);
  if (endings.waiting == 0) return text;
  return text + fmt::format(" Runs are missing at {}.", combinations(endings.waiting));
}

std::string progress_text(const Summary& summary) {
  const Tally& tally = summary.tally;
  std::string text =
      fmt::format("{} of {} runs done", report::grouped(tally.done), report::grouped(tally.all()));
  if (tally.refused != 0) text += fmt::format(", {} refused", report::grouped(tally.refused));
  if (tally.crashed != 0) text += fmt::format(", {} crashed", report::grouped(tally.crashed));
  if (tally.missing != 0) text += fmt::format(", {} missing", report::grouped(tally.missing));
  return text;
}

}  // namespace tessera::sweep
