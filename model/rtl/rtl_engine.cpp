#include "model/rtl/rtl_engine.hpp"

#include "Vmmu_e500mc.h"
#include "Vmmu_e500v2.h"
#include "Vmmu_qemu.h"
#include "model/clocked/pin_engine.hpp"
#include "model/mmu/core.hpp"
#include "model/rtl/verilated_device.hpp"
#include "model/types/user_error.hpp"

namespace tessera::rtl {

std::string_view translated_preset(const mmu::Parameters& parameters, const mmu::Timing& timing) {
  for (const std::string_view name : {"e500mc", "e500v2", "qemu"}) {
    mmu::Core core = *mmu::find_core(name);
    // The core's own, which the MMU never sees.
    core.timing.exc_entry = timing.exc_entry;
    core.timing.rfi = timing.rfi;
    core.timing.isync = timing.isync;
    if (core.parameters == parameters && core.timing == timing) {
      return name;
    }
  }
  throw UserError(
      "engine rtl is built for the core presets as they are; leave mmu.* and timing.* alone, or "
      "use engine transaction or systemc");
}

std::unique_ptr<clocked::PinDevice> make_rtl_device(const mmu::Parameters& parameters,
                                                    const mmu::Timing& timing) {
  const std::string_view preset = translated_preset(parameters, timing);
  if (preset == "e500mc") {
    return std::make_unique<VerilatedDevice<Vmmu_e500mc>>();
  }
  if (preset == "e500v2") {
    return std::make_unique<VerilatedDevice<Vmmu_e500v2>>();
  }
  return std::make_unique<VerilatedDevice<Vmmu_qemu>>();
}

std::unique_ptr<mmu::MmuEngine> make_rtl_engine(const mmu::Parameters& parameters,
                                                const mmu::Timing& timing,
                                                mmu::WalkMemory* memory) {
  return std::make_unique<clocked::PinEngine>(make_rtl_device(parameters, timing), parameters,
                                              timing, memory);
}

}  // namespace tessera::rtl
