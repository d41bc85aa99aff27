#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "model/types/units.hpp"
#include "sw/machine/accounting/config.hpp"
#include "sw/machine/accounting/refill_kind.hpp"
#include "sw/machine/counters.hpp"

namespace tessera {
class Archive;
}

namespace tessera::machine {

/// What a series is made of, since reset.
struct IntervalReading {
  RunCounters counters;
  Cycles cycles;
  std::array<std::uint64_t, kRefillClasses> refills{};
};

/// What each interval of a run added. An interval ends with the operation of the workload in which
/// its last access or cycle falls, so it may be longer than asked for; the last one may be shorter.
/// There are fewer than kMostIntervals: instead, two neighbours become one, and the length doubles.
class IntervalSeries {
 public:
  static constexpr std::size_t kMostIntervals = 1U << 16;

  IntervalSeries(IntervalUnit unit, std::uint64_t length)
      : asked_(length), unit_(unit), length_(length) {}

  /// The first interval begins, as long as asked for; what was is forgotten.
  void begin(const IntervalReading& now);

  /// The interval that began last has its length.
  bool is_over(std::uint64_t accesses, Cycles cycles) const {
    return (unit_ == IntervalUnit::Accesses ? accesses : cycles.value()) >= next_;
  }

  /// An interval ends now and the next one begins. Returns what it added.
  IntervalReading end(const IntervalReading& now);

  /// The series ends. Returns what the interval that this cuts short added; nothing if no cycle of
  /// it has passed, and then what was counted since goes to the one before.
  std::optional<IntervalReading> finish(const IntervalReading& now);

  IntervalUnit unit() const { return unit_; }

  /// What the intervals are long at least, the last one excepted.
  std::uint64_t length() const { return length_; }

  /// Of each interval: what events moved by, and what states were at its end.
  const std::vector<IntervalReading>& intervals() const { return intervals_; }

  /// What changes during a run (decision 13).
  void state(Archive& archive);

 private:
  IntervalReading take(const IntervalReading& now);
  void merge_neighbours();

  std::uint64_t position(const IntervalReading& at) const {
    return unit_ == IntervalUnit::Accesses ? at.counters.accesses : at.cycles.value();
  }

  std::uint64_t asked_;
  IntervalUnit unit_;
  std::uint64_t length_;
  std::uint64_t next_ = 0;
  IntervalReading last_;
  std::vector<IntervalReading> intervals_;
};

}  // namespace tessera::machine
