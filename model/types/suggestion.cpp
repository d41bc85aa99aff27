#include "model/types/suggestion.hpp"

#include <algorithm>
#include <numeric>

namespace tessera {
namespace {

constexpr std::size_t kFew = 8;

/// Levenshtein distance.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
    }
  }
  return row.back();
}

/// To the whole candidate or, of a dotted key, to its last part: people leave the table out.
std::size_t nearness(std::string_view typed, std::string_view candidate) {
  const std::size_t dot = candidate.rfind('.');
  const std::size_t whole = distance(typed, candidate);
  return dot == std::string_view::npos
             ? whole
             : std::min(whole, distance(typed, candidate.substr(dot + 1)));
}

std::string listed(const std::vector<std::string>& words) {
  std::string list;
  for (const std::string& word : words) {
    list += (list.empty() ? "" : ", ") + word;
  }
  return list;
}

}  // namespace

std::string suggestion(std::string_view typed, const std::vector<std::string>& candidates) {
  const auto nearest = std::min_element(candidates.begin(), candidates.end(),
                                        [&](const std::string& a, const std::string& b) {
                                          return nearness(typed, a) < nearness(typed, b);
                                        });
  if (nearest != candidates.end() &&
      nearness(typed, *nearest) <= std::max<std::size_t>(2, typed.size() / 4)) {
    return "; did you mean '" + *nearest + "'?";
  }
  if (!candidates.empty() && candidates.size() <= kFew) {
    return "; there is " + listed(candidates);
  }
  return "";
}

}  // namespace tessera
