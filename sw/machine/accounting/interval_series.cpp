#include "sw/machine/accounting/interval_series.hpp"

namespace tessera::machine {

void IntervalSeries::begin(const IntervalReading& now) {
  intervals_.clear();
  last_ = now;
  next_ = position(now) + length_;
}

void IntervalSeries::end(const IntervalReading& now) {
  IntervalReading added;
  added.counters = between(last_.counters, now.counters);
  added.cycles = now.cycles - last_.cycles;
  for (std::size_t i = 0; i < kRefillClasses; ++i) {
    added.refills[i] = now.refills[i] - last_.refills[i];
  }
  intervals_.push_back(added);
  last_ = now;
  if (intervals_.size() == kMostIntervals) merge_neighbours();
  // An operation longer than an interval ends as many as it is long, as one.
  while (next_ <= position(now)) next_ += length_;
}

void IntervalSeries::merge_neighbours() {
  for (std::size_t i = 0; i < intervals_.size() / 2; ++i) {
    const IntervalReading first = intervals_[2 * i];
    IntervalReading both = intervals_[2 * i + 1];
    for (const CounterDescription& counter : counter_descriptions()) {
      if (counter.kind != CounterKind::Events) continue;
      both.counters.*counter.member += first.counters.*counter.member;
    }
    both.cycles += first.cycles;
    for (std::size_t k = 0; k < kRefillClasses; ++k) both.refills[k] += first.refills[k];
    intervals_[i] = both;
  }
  intervals_.resize(intervals_.size() / 2);
  length_ *= 2;
}

void IntervalSeries::finish(const IntervalReading& now) {
  if (now.cycles != last_.cycles) end(now);
}

}  // namespace tessera::machine
