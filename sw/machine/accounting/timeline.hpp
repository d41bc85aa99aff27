#pragma once

#include <cstdint>

#include "model/types/units.hpp"
#include "sw/machine/accounting/refill_kind.hpp"
#include "sw/machine/part.hpp"

namespace tessera::machine {

struct IntervalReading;

/// Who is told what a core does when, in the order of time: cycles since reset, those of a wave.
class Timeline {
 public:
  Timeline() = default;
  Timeline(const Timeline&) = delete;
  Timeline& operator=(const Timeline&) = delete;
  virtual ~Timeline() = default;

  /// The core turns from what it did to this part, at the beginning of cycle `now`; and back
  /// again. Part::User, where it comes from first, is never begun or ended.
  virtual void begin(Part part, Cycles now) = 0;
  virtual void end(Part part, Cycles now) = 0;

  /// Within Part::Flush: what the flush was, and how many pages it took from TLB0.
  virtual void flushed(const FlushEvent& flush, std::uint64_t pages) = 0;

  /// Within Part::TlbMiss or Part::Walk: a refill, and its class.
  virtual void refilled(const RefillKind& kind) = 0;

  /// An interval has ended before `now`: what it added, its cycles included, by which it began.
  virtual void interval(const IntervalReading& added, Cycles now) = 0;

  /// Nothing happens any more.
  virtual void end_run(Cycles now) = 0;
};

}  // namespace tessera::machine
