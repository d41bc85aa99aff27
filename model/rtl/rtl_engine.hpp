#pragma once

#include <memory>
#include <string_view>

#include "model/clocked/pins.hpp"
#include "model/mmu/engine.hpp"
#include "model/mmu/parameters.hpp"
#include "model/mmu/timing.hpp"
#include "model/mmu/walk_memory.hpp"

/// The SystemVerilog of rtl/, translated by Verilator, behind the interfaces of the C++ models.
namespace tessera::rtl {

/// The name of the core preset with these parameters and this timing. Throws UserError when none
/// has them: the RTL's parameters were fixed when it was translated.
std::string_view translated_preset(const mmu::Parameters& parameters, const mmu::Timing& timing);

/// The RTL of the preset, on its pins; not yet reset. Throws as translated_preset.
std::unique_ptr<clocked::PinDevice> make_rtl_device(const mmu::Parameters& parameters,
                                                    const mmu::Timing& timing);

/// The same, as an engine. `memory` is what a hardware walker reads, and outlives the engine; a
/// walker without it throws std::invalid_argument.
std::unique_ptr<mmu::MmuEngine> make_rtl_engine(const mmu::Parameters& parameters,
                                                const mmu::Timing& timing,
                                                mmu::WalkMemory* memory = nullptr);

}  // namespace tessera::rtl
