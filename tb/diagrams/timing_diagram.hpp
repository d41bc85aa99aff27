#pragma once

#include <nlohmann/json.hpp>

#include "tb/lockstep/trace.hpp"

namespace tessera::diagrams {

/// The cycles [draw_from, draw_to] of a worked trace as the clocked model plays them, in WaveJSON
/// (wavedrom.com). Pins that do not move there are left out; payload is shown where its valid is 1.
nlohmann::ordered_json timing_diagram(const lockstep::Trace& trace);

}  // namespace tessera::diagrams
