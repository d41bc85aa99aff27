#include "sw/machine/accounting/interval_series.hpp"

namespace tessera::machine {

namespace {

/// Two neighbours as one: events of both, states of the later.
IntervalReading joined(const IntervalReading& first, const IntervalReading& second) {
  IntervalReading both = second;
  for (const CounterDescription& counter : counter_descriptions()) {
    if (counter.kind != CounterKind::Events) continue;
    both.counters.*counter.member += first.counters.*counter.member;
  }
  both.cycles += first.cycles;
  for (std::size_t k = 0; k < kRefillClasses; ++k) both.refills[k] += first.refills[k];
  return both;
}

}  // namespace

void IntervalSeries::begin(const IntervalReading& now) {
  intervals_.clear();
  length_ = asked_;
  last_ = now;
  next_ = position(now) + length_;
}

IntervalReading IntervalSeries::take(const IntervalReading& now) {
  IntervalReading added;
  added.counters = between(last_.counters, now.counters);
  added.cycles = now.cycles - last_.cycles;
  for (std::size_t i = 0; i < kRefillClasses; ++i) {
    added.refills[i] = now.refills[i] - last_.refills[i];
  }
  last_ = now;
  return added;
}

IntervalReading IntervalSeries::end(const IntervalReading& now) {
  const IntervalReading added = take(now);
  intervals_.push_back(added);
  if (intervals_.size() == kMostIntervals) merge_neighbours();
  // An operation longer than an interval ends as many as it is long, as one.
  while (next_ <= position(now)) next_ += length_;
  return added;
}

void IntervalSeries::merge_neighbours() {
  for (std::size_t i = 0; i < intervals_.size() / 2; ++i) {
    intervals_[i] = joined(intervals_[2 * i], intervals_[2 * i + 1]);
  }
  intervals_.resize(intervals_.size() / 2);
  length_ *= 2;
}

std::optional<IntervalReading> IntervalSeries::finish(const IntervalReading& now) {
  if (now.cycles != last_.cycles) return end(now);
  // A remap counts when its round is through, which is after the round's last operation: what no
  // cycle has passed since belongs to the interval that ended with it.
  const IntervalReading rest = take(now);
  if (intervals_.empty()) {
    intervals_.push_back(rest);
  } else {
    intervals_.back() = joined(intervals_.back(), rest);
  }
  return std::nullopt;
}

}  // namespace tessera::machine
