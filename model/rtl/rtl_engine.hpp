#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "model/clocked/pins.hpp"
#include "model/mmu/engine.hpp"
#include "model/mmu/parameters.hpp"
#include "model/mmu/timing.hpp"

/// The SystemVerilog of rtl/, translated by Verilator, behind the interfaces of the C++ models.
namespace tessera::rtl {

/// The RTL with the parameters and timing of a core preset, on its pins; not yet reset. Throws
/// UserError when no preset has them: the RTL's parameters were fixed when it was translated.
std::unique_ptr<clocked::PinDevice> make_rtl_device(const mmu::Parameters& parameters,
                                                    const mmu::Timing& timing);

/// The same, as an engine.
std::unique_ptr<mmu::MmuEngine> make_rtl_engine(const mmu::Parameters& parameters,
                                                const mmu::Timing& timing);

}  // namespace tessera::rtl
