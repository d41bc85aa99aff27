#pragma once

#include <memory>

#include "model/clocked/pins.hpp"
#include "model/mmu/engine.hpp"
#include "model/mmu/parameters.hpp"
#include "model/mmu/timing.hpp"
#include "model/mmu/walk_memory.hpp"
#include "model/rtl/fst_wave.hpp"

/// The RTL of rtl_engine.hpp, translated once more with tracing (docs/decisions/0009-waves.md).
namespace tessera::rtl {

/// As make_rtl_device, with a wave. The first step is cycle 0 unless the wave is told otherwise.
std::unique_ptr<clocked::PinDevice> make_rtl_device(const mmu::Parameters& parameters,
                                                    const mmu::Timing& timing,
                                                    const std::shared_ptr<FstWave>& wave);

/// As make_rtl_engine, with a wave in the engine's cycles.
std::unique_ptr<mmu::MmuEngine> make_rtl_engine(const mmu::Parameters& parameters,
                                                const mmu::Timing& timing, mmu::WalkMemory* memory,
                                                const std::shared_ptr<FstWave>& wave);

}  // namespace tessera::rtl
