#pragma once

#include <memory>

#include "model/clocked/pins.hpp"
#include "model/mmu/engine.hpp"
#include "model/mmu/parameters.hpp"
#include "model/mmu/timing.hpp"
#include "model/mmu/walk_memory.hpp"

/// The SystemVerilog of rtl/, translated by Verilator, behind the interfaces of the C++ models.
namespace tessera::rtl {

/// The RTL of a core preset, without a walker or with either, on its pins; not yet reset. Throws
/// UserError for other parameters: the RTL's were fixed when it was translated.
std::unique_ptr<clocked::PinDevice> make_rtl_device(const mmu::Parameters& parameters,
                                                    const mmu::Timing& timing);

/// The same, as an engine. `memory` is what a hardware walker reads, and outlives the engine; a
/// walker without it throws std::invalid_argument.
std::unique_ptr<mmu::MmuEngine> make_rtl_engine(const mmu::Parameters& parameters,
                                                const mmu::Timing& timing,
                                                mmu::WalkMemory* memory = nullptr);

}  // namespace tessera::rtl
