#include "sw/report/long_series.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <set>
#include <string>

#include "sw/machine/counters.hpp"

namespace tessera::report {
namespace {

using nlohmann::ordered_json;

// More points than a plot has pixels only make the page large.
constexpr std::size_t kMostPoints = 4096;

/// Sums of `size` neighbours, or the last of them if they are a state; the last ones may be fewer.
ordered_json merged(const ordered_json& values, std::size_t size, bool state) {
  ordered_json all = ordered_json::array();
  for (std::size_t i = 0; i < values.size(); i += size) {
    const std::size_t end = std::min(i + size, values.size());
    std::uint64_t sum = 0;
    for (std::size_t k = state ? end - 1 : i; k < end; ++k) sum += values[k].get<std::uint64_t>();
    all.push_back(sum);
  }
  return all;
}

/// Series of kMostPoints values at most: neighbours merged, and `width`, the length that a value is
/// of, as many times larger.
void merge_long_series(ordered_json& section, const char* width) {
  std::size_t longest = 0;
  for (const auto& [name, values] : section["series"].items()) {
    longest = std::max(longest, values.size());
  }
  const std::size_t size = (longest + kMostPoints - 1) / kMostPoints;
  if (size <= 1) return;
  const std::set<std::string, std::less<>> states = state_counters();
  section[width] = section[width].get<std::uint64_t>() * size;
  for (auto& [name, values] : section["series"].items()) {
    values = merged(values, size, states.contains(name));
  }
}

}  // namespace

std::set<std::string, std::less<>> state_counters() {
  std::set<std::string, std::less<>> names;
  for (const machine::CounterDescription& counter : machine::counter_descriptions()) {
    if (counter.kind == machine::CounterKind::State) names.emplace(counter.name);
  }
  return names;
}

ordered_json without_long_series(ordered_json runs) {
  for (ordered_json& run : runs) {
    if (run.contains("intervals")) merge_long_series(run["intervals"], "every");
    if (run.contains("slots")) merge_long_series(run["slots"], "pages");
  }
  return runs;
}

}  // namespace tessera::report
