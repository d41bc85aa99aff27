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
  // An operation longer than an interval ends as many as it is long, as one.
  while (next_ <= position(now)) next_ += length_;
}

void IntervalSeries::finish(const IntervalReading& now) {
  if (now.cycles != last_.cycles) end(now);
}

}  // namespace tessera::machine
