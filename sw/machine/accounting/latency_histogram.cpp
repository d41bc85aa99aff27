#include "sw/machine/accounting/latency_histogram.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace tessera::machine {

const char* name_of(LatencyKind kind) {
  static constexpr std::array<const char*, kLatencyKinds> kNames{"load", "store", "fetch",
                                                                 "mapping_call"};
  return kNames.at(static_cast<std::size_t>(kind));
}

const char* meaning_of(LatencyKind kind) {
  static constexpr std::array<const char*, kLatencyKinds> kMeanings{
      "a load of the program, from the request for its translation to its data, exceptions and "
      "retries included",
      "a store of the program, likewise", "control entered a page of code of the program",
      "a mapping call, from sc to rfi"};
  return kMeanings.at(static_cast<std::size_t>(kind));
}

std::uint64_t LatencyHistogram::longest_of(std::size_t group) {
  if (group < kExact) return group;
  const std::uint64_t above = group - kExact;
  const std::uint64_t shift = kFirstShift + above / kGroups;
  return ((above % kGroups + kGroups + 1) << shift) - 1;
}

Cycles LatencyHistogram::percentile(double share) const {
  const auto rank = static_cast<std::uint64_t>(std::ceil(share * static_cast<double>(count_)));
  std::uint64_t seen = 0;
  for (const auto& [longest, count] : groups()) {
    seen += count;
    if (seen >= rank) return Cycles(longest);
  }
  return Cycles(0);
}

std::vector<std::pair<std::uint64_t, std::uint64_t>> LatencyHistogram::groups() const {
  std::vector<std::pair<std::uint64_t, std::uint64_t>> result;
  for (std::size_t group = 0; group < counts_.size(); ++group) {
    if (counts_[group] == 0) continue;
    result.emplace_back(std::min(longest_of(group), max_.value()), counts_[group]);
  }
  return result;
}

}  // namespace tessera::machine
