#include "model/rtl/translated_sets.hpp"

#include <string_view>

#include "model/mmu/core.hpp"
#include "model/types/user_error.hpp"

namespace tessera::rtl {

std::size_t translated_set(const mmu::Parameters& parameters, const mmu::Timing& timing) {
  static constexpr std::array<std::string_view, 3> kPresets{"e500mc", "e500v2", "qemu"};
  const mmu::HardwareWalker walker = parameters.hardware_walker;
  for (std::size_t preset = 0; preset < kPresets.size(); ++preset) {
    mmu::Core core = *mmu::find_core(kPresets[preset]);
    core.parameters.hardware_walker = walker;
    if (walker == mmu::HardwareWalker::E6500) {
      core.parameters.tsize_bits = 5;
    }
    // The core's own, which the MMU never sees.
    core.timing.exc_entry = timing.exc_entry;
    core.timing.rfi = timing.rfi;
    core.timing.isync = timing.isync;
    if (core.parameters == parameters && core.timing == timing) {
      return static_cast<std::size_t>(walker) * kPresets.size() + preset;
    }
  }
  throw UserError(
      "engine rtl is built for the core presets as they are, with and without a walker; leave "
      "mmu.* and timing.* alone, or use engine transaction or systemc");
}

}  // namespace tessera::rtl
