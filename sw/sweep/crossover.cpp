#include "sw/sweep/crossover.hpp"

#include <cmath>
#include <set>

#include <fmt/format.h>

#include "sw/sweep/standing.hpp"

namespace tessera::sweep {
namespace {

struct Sample {
  double x = 0;
  double ratio = 0;
};

double crossing(const Sample& a, const Sample& b) {
  const double share = std::log(a.ratio) / (std::log(a.ratio) - std::log(b.ratio));
  if (a.x <= 0) return a.x + share * (b.x - a.x);
  return std::exp(std::log(a.x) + share * (std::log(b.x) - std::log(a.x)));
}

std::vector<Sample> samples(const Summary& summary, Place place, std::size_t axis,
                            std::size_t first, std::size_t second, const std::string& quantity) {
  std::vector<Sample> all;
  const auto& values = summary.axes[axis].values;
  for (place[axis] = 0; place[axis] < values.size(); ++place[axis]) {
    if (waits(summary, place, {first, second})) continue;
    const Interval ratio = ratio_of(summary, place, first, second, quantity);
    if (ratio.n != 0) all.push_back({values[place[axis]].get<double>(), ratio.mean});
  }
  return all;
}

/// Three digits, or all before the point.
std::string value_text(double value) {
  return value < 1000 ? fmt::format("{:.3g}", value) : fmt::format("{:.0f}", value);
}

}  // namespace

std::vector<Crossover> crossovers(const Summary& summary, std::size_t axis, std::size_t first,
                                  std::size_t second, const std::string& quantity) {
  std::set<Place> others;
  for (const auto& [place, cells] : summary.points) {
    Place other = place;
    other[axis] = 0;
    others.insert(std::move(other));
  }
  std::vector<Crossover> result;
  for (const Place& place : others) {
    std::vector<Sample> line = samples(summary, place, axis, first, second, quantity);
    const bool known = !line.empty();
    std::erase_if(line, [](const Sample& sample) { return sample.ratio == 1; });
    Crossover crossover{place, {}, known, known && line.empty(), false};
    crossover.first_wins = !line.empty() && line.front().ratio < 1;
    for (std::size_t i = 1; i < line.size(); ++i) {
      if ((line[i - 1].ratio < 1) != (line[i].ratio < 1)) {
        crossover.at.push_back(crossing(line[i - 1], line[i]));
      }
    }
    result.push_back(std::move(crossover));
  }
  return result;
}

std::string words_for(const Crossover& crossover, const std::string& first,
                      const std::string& second) {
  if (!crossover.known) return "no place where both did the whole job";
  if (crossover.same) return "the same throughout";
  bool first_wins = crossover.first_wins;
  if (crossover.at.empty()) {
    return fmt::format("{} throughout: they never cross within the range",
                       first_wins ? first : second);
  }
  std::string text;
  for (const double at : crossover.at) {
    text += fmt::format("{} up to {}, then ", first_wins ? first : second, value_text(at));
    first_wins = !first_wins;
  }
  return text + (first_wins ? first : second);
}

}  // namespace tessera::sweep
