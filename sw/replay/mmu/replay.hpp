#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/mmu/core.hpp"
#include "model/mmu/engine.hpp"
#include "model/mmu/parameters.hpp"
#include "sw/replay/mmu/omission.hpp"
#include "sw/replay/verdict.hpp"

/// Logs of MMU operations that others recorded, played on our engines.
namespace tessera::replay {

/// How a replay ended, and what it left out.
struct MmuReplay : Verdict {
  Omissions omissions;
};

/// Plays the whole text of a QEMU log (tb/golden/mmu-qemu/README.md) on an engine in reset state.
/// `core` is what the engine was made from: on another than `qemu`, what it makes otherwise than
/// QEMU is left out, and counted. `log` is what messages call the log. Throws UserError, with
/// log:line, on text that is no such log, on a log without its last line, and on one that the core
/// cannot play at all.
MmuReplay replay_mmu(std::string_view text, const std::string& log, mmu::MmuEngine& engine,
                     const mmu::Parameters& core = mmu::cores::kQemu.parameters);

}  // namespace tessera::replay
