#pragma once

#include "sw/cli/timeline_options.hpp"
#include "sw/cli/wave_options.hpp"

namespace tessera::cli {

/// What a comparison may record of its runs besides their results.
struct Recordings {
  WaveOptions waves;
  TimelineOptions timeline;

  /// The flag of one that is asked for; empty if none is.
  const char* wanted() const {
    if (waves.wanted()) return "--wave";
    return timeline.wanted() ? "--timeline" : "";
  }
};

}  // namespace tessera::cli
