#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "model/types/units.hpp"

namespace tessera {
class Archive;
}

namespace tessera::machine {

/// What took how long.
enum class LatencyKind : std::uint8_t {
  Load,         ///< a load of the program: from its translation to its data, exceptions included
  Store,        ///< likewise a store
  Fetch,        ///< control entered a page of code of the program
  MappingCall,  ///< from sc to rfi
};
inline constexpr std::size_t kLatencyKinds = 4;

/// "load" ...
const char* name_of(LatencyKind kind);

/// What is timed, from when to when, in one line.
const char* meaning_of(LatencyKind kind);

/// Durations: exact below 1,024 cycles; above, 64 groups from each power of two to the next, so
/// that what it says is too large by less than 1/64.
class LatencyHistogram {
 public:
  void add(Cycles duration) {
    const std::size_t group = group_of(duration.value());
    if (group >= counts_.size()) counts_.resize(group + 1);
    ++counts_[group];
    ++count_;
    if (max_ < duration) max_ = duration;
  }

  std::uint64_t count() const { return count_; }
  Cycles max() const { return max_; }

  /// The least duration that `share` of all did not exceed, 0 < share <= 1; 0 if there are none.
  Cycles percentile(double share) const;

  /// Groups that are not empty: the longest duration of each and how many, the shortest first.
  std::vector<std::pair<std::uint64_t, std::uint64_t>> groups() const;

  /// Which group a duration is in, and the longest one of a group.
  static std::size_t group_of(std::uint64_t cycles) {
    if (cycles < kExact) return cycles;
    const unsigned shift = static_cast<unsigned>(std::bit_width(cycles)) - kKeptBits;
    return kExact + (shift - kFirstShift) * kGroups + (cycles >> shift) - kGroups;
  }
  static std::uint64_t longest_of(std::size_t group);

  /// All of it (decision 13).
  void state(Archive& archive);

 private:
  static constexpr std::uint64_t kExact = 1024;
  static constexpr std::uint64_t kGroups = 64;     ///< from a power of two to the next
  static constexpr unsigned kKeptBits = 7;         ///< the leading ones, that tell the group
  static constexpr unsigned kFirstShift = 11 - 7;  ///< of kExact

  std::vector<std::uint64_t> counts_ = std::vector<std::uint64_t>(kExact);
  std::uint64_t count_ = 0;
  Cycles max_{0};
};

}  // namespace tessera::machine
