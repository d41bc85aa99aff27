#pragma once

#include <cstdint>
#include <stdexcept>
#include <systemc>

#include "model/types/units.hpp"

namespace tessera::systemc {

/// Where an engine's cycles stand in SystemC time: edge n at n clock periods, or later by less than
/// one period, since a transaction may start between two edges and is charged whole cycles.
class EngineClock {
 public:
  /// Throws std::invalid_argument unless the period is at least one unit of the time resolution.
  explicit EngineClock(const sc_core::sc_time& period) : period_(period.value()) {
    if (period_ == 0) throw std::invalid_argument("the clock period of an MMU must not be 0");
  }

  /// The cycles that an engine has been idle when a transaction starts at `start`, in units of the
  /// time resolution. 0 for one that starts in the engine's past: then order is that of the calls,
  /// as ever in loosely timed models.
  Cycles idle_until(std::uint64_t start) {
    if (start < edge_ + period_) return Cycles(0);
    const Cycles idle((start - edge_) / period_);
    edge_ += idle.value() * period_;
    return idle;
  }

  /// The engine has worked for `cycles`; returns how long that is.
  sc_core::sc_time pass(Cycles cycles) {
    edge_ += cycles.value() * period_;
    return duration_of(cycles);
  }

  /// The whole cycles that `duration`, in units of the time resolution, begins.
  Cycles cycles_begun(std::uint64_t duration) const {
    return Cycles(duration / period_ + (duration % period_ != 0 ? 1 : 0));
  }

  /// How long so many cycles are.
  sc_core::sc_time duration_of(Cycles cycles) const {
    return sc_core::sc_time::from_value(cycles.value() * period_);
  }

 private:
  std::uint64_t period_;
  std::uint64_t edge_ = 0;  ///< the latest edge of the engine, in units of the time resolution
};

}  // namespace tessera::systemc
