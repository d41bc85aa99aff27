#include "model/rtl/rtl_engine.hpp"

#include "Vmmu_e500mc.h"
#include "Vmmu_e500mc_e6500.h"
#include "Vmmu_e500mc_tablewalk.h"
#include "Vmmu_e500v2.h"
#include "Vmmu_e500v2_e6500.h"
#include "Vmmu_e500v2_tablewalk.h"
#include "Vmmu_qemu.h"
#include "Vmmu_qemu_e6500.h"
#include "Vmmu_qemu_tablewalk.h"
#include "model/clocked/pin_engine.hpp"
#include "model/rtl/translated_sets.hpp"
#include "model/rtl/verilated_device.hpp"

namespace tessera::rtl {
namespace {

/// In the order of translated_set.
using Models =
    ModelList<Vmmu_e500mc, Vmmu_e500v2, Vmmu_qemu, Vmmu_e500mc_tablewalk, Vmmu_e500v2_tablewalk,
              Vmmu_qemu_tablewalk, Vmmu_e500mc_e6500, Vmmu_e500v2_e6500, Vmmu_qemu_e6500>;

}  // namespace

std::unique_ptr<clocked::PinDevice> make_rtl_device(const mmu::Parameters& parameters,
                                                    const mmu::Timing& timing) {
  return make_device<VerilatedDevice>(Models{}, translated_set(parameters, timing));
}

std::unique_ptr<mmu::MmuEngine> make_rtl_engine(const mmu::Parameters& parameters,
                                                const mmu::Timing& timing,
                                                mmu::WalkMemory* memory) {
  return std::make_unique<clocked::PinEngine>(make_rtl_device(parameters, timing), parameters,
                                              timing, memory);
}

}  // namespace tessera::rtl
