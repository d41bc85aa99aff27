#include "model/rtl/rtl_waves.hpp"

#include <utility>

#include "Vmmu_e500mc_traced.h"
#include "Vmmu_e500v2_traced.h"
#include "Vmmu_qemu_traced.h"
#include "model/rtl/rtl_engine.hpp"
#include "model/rtl/traced_device.hpp"
#include "model/wave/wave_engine.hpp"

namespace tessera::rtl {

std::unique_ptr<clocked::PinDevice> make_rtl_device(const mmu::Parameters& parameters,
                                                    const mmu::Timing& timing,
                                                    std::shared_ptr<FstWave> wave) {
  const std::string_view preset = translated_preset(parameters, timing);
  if (preset == "e500mc") {
    return std::make_unique<TracedDevice<Vmmu_e500mc_traced>>(std::move(wave));
  }
  if (preset == "e500v2") {
    return std::make_unique<TracedDevice<Vmmu_e500v2_traced>>(std::move(wave));
  }
  return std::make_unique<TracedDevice<Vmmu_qemu_traced>>(std::move(wave));
}

std::unique_ptr<mmu::MmuEngine> make_rtl_engine(const mmu::Parameters& parameters,
                                                const mmu::Timing& timing, mmu::WalkMemory* memory,
                                                const std::shared_ptr<FstWave>& wave) {
  return std::make_unique<wave::WaveEngine>(make_rtl_device(parameters, timing, wave), wave,
                                            parameters, timing, memory);
}

}  // namespace tessera::rtl
