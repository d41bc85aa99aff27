#include "tb/lockstep/repeat.hpp"

#include <memory>

#include <fmt/format.h>

#include "Vmmu_lru_tablewalk_traced.h"
#include "Vmmu_lru_traced.h"
#include "Vmmu_odd_e6500_traced.h"
#include "Vmmu_odd_traced.h"
#include "model/clocked/clocked_mmu.hpp"
#include "model/rtl/rtl_waves.hpp"
#include "model/rtl/traced_device.hpp"
#include "model/rtl/translated_sets.hpp"
#include "model/wave/vcd_device.hpp"
#include "tb/lockstep/stimulus.hpp"

namespace tessera::lockstep {
namespace {

/// In the order of own_subject.
using OwnModels = rtl::ModelList<Vmmu_odd_traced, Vmmu_lru_traced, Vmmu_odd_e6500_traced,
                                 Vmmu_lru_tablewalk_traced>;

/// Long enough to see what led to the difference; whole runs fill the disk.
constexpr std::uint64_t kShown = 5000;

std::unique_ptr<clocked::PinDevice> make_traced(const Subject& subject,
                                                const std::shared_ptr<rtl::FstWave>& wave) {
  if (const auto own = own_subject(subject.name)) {
    return rtl::make_device<rtl::TracedDevice>(OwnModels{}, *own, wave);
  }
  return rtl::make_rtl_device(subject.core.parameters, subject.core.timing, wave);
}

}  // namespace

std::string repeat_with_waves(const Subject& subject, std::uint64_t seed, std::uint64_t cycles) {
  wave::Wave wave;
  wave.from = Cycles(cycles < kShown ? 0 : cycles - kShown);
  const std::string stem = fmt::format("lockstep-{}-{}", subject.name, seed);
  wave.file = stem + ".fst";
  const auto fst = std::make_shared<rtl::FstWave>(wave);
  wave.file = stem + ".vcd";
  const auto vcd = std::make_shared<wave::VcdWave>(wave);
  wave::VcdDevice model(
      std::make_unique<clocked::ClockedMmu>(subject.core.parameters, subject.core.timing), vcd);
  const auto rtl = make_traced(subject, fst);
  Stimulus stimulus(subject.core.parameters, seed);
  clocked::OutputPins shown;
  for (std::uint64_t cycle = 0; cycle < cycles; ++cycle) {
    const clocked::InputPins in = stimulus.next(shown);
    shown = model.step(in);
    rtl->step(in);
  }
  // What differs are the outputs of the cycle behind the last one.
  model.step({});
  rtl->step({});
  fst->finish();
  vcd->finish();
  return fmt::format("waves: {0}.fst (RTL), {0}.vcd (pins of the C++)\n", stem);
}

}  // namespace tessera::lockstep
