#include "model/rtl/rtl_waves.hpp"

#include "Vmmu_e500mc_e6500_traced.h"
#include "Vmmu_e500mc_tablewalk_traced.h"
#include "Vmmu_e500mc_traced.h"
#include "Vmmu_e500v2_e6500_traced.h"
#include "Vmmu_e500v2_tablewalk_traced.h"
#include "Vmmu_e500v2_traced.h"
#include "Vmmu_qemu_e6500_traced.h"
#include "Vmmu_qemu_tablewalk_traced.h"
#include "Vmmu_qemu_traced.h"
#include "model/rtl/traced_device.hpp"
#include "model/rtl/translated_sets.hpp"
#include "model/wave/wave_engine.hpp"

namespace tessera::rtl {
namespace {

/// In the order of translated_set.
using Models = ModelList<Vmmu_e500mc_traced, Vmmu_e500v2_traced, Vmmu_qemu_traced,
                         Vmmu_e500mc_tablewalk_traced, Vmmu_e500v2_tablewalk_traced,
                         Vmmu_qemu_tablewalk_traced, Vmmu_e500mc_e6500_traced,
                         Vmmu_e500v2_e6500_traced, Vmmu_qemu_e6500_traced>;

}  // namespace

std::unique_ptr<clocked::PinDevice> make_rtl_device(const mmu::Parameters& parameters,
                                                    const mmu::Timing& timing,
                                                    const std::shared_ptr<FstWave>& wave) {
  return make_device<TracedDevice>(Models{}, translated_set(parameters, timing), wave);
}

std::unique_ptr<mmu::MmuEngine> make_rtl_engine(const mmu::Parameters& parameters,
                                                const mmu::Timing& timing, mmu::WalkMemory* memory,
                                                const std::shared_ptr<FstWave>& wave) {
  return std::make_unique<wave::WaveEngine>(make_rtl_device(parameters, timing, wave), wave,
                                            parameters, timing, memory);
}

}  // namespace tessera::rtl
