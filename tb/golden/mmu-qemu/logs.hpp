#pragma once

#include <cstdint>
#include <string>

#include "model/mmu/core.hpp"
#include "sw/machine/engines.hpp"
#include "sw/replay/mmu/replay.hpp"

namespace tessera::replay {

/// Plays a text on an engine of that core; messages call it a.log.
MmuReplay replay_on(const mmu::Core& core, const machine::EngineDescription& engine,
                    const std::string& text);

/// Plays a log that stands here ("m32_s1") on every engine of that core, and expects no mismatch in
/// at least so many checks.
void expect_no_mismatch(const mmu::Core& core, const std::string& log, std::uint64_t fewest_checks);

}  // namespace tessera::replay
