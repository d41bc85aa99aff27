#pragma once

#include <array>
#include <cstddef>
#include <memory>

#include "model/clocked/pins.hpp"
#include "model/mmu/parameters.hpp"
#include "model/mmu/timing.hpp"

namespace tessera::rtl {

/// The number of the parameter set of model/rtl/CMakeLists.txt with these parameters and this
/// timing: the presets e500mc, e500v2, qemu without a walker are 0 to 2, with TABLEWALK 3 to 5,
/// with E6500 6 to 8. Throws UserError when there is none: the RTL's parameters were fixed when it
/// was translated.
std::size_t translated_set(const mmu::Parameters& parameters, const mmu::Timing& timing);

/// Classes of Verilator.
template <class... Models>
struct ModelList {};

/// A Device of the model that stands at `index`, made of the arguments.
template <template <class> class Device, class... Models, class... Arguments>
std::unique_ptr<clocked::PinDevice> make_device(ModelList<Models...>, std::size_t index,
                                                const Arguments&... arguments) {
  using Make = std::unique_ptr<clocked::PinDevice> (*)(const Arguments&...);
  static constexpr std::array<Make, sizeof...(Models)> kMakes{
      [](const Arguments&... with) -> std::unique_ptr<clocked::PinDevice> {
        return std::make_unique<Device<Models>>(with...);
      }...};
  return kMakes.at(index)(arguments...);
}

}  // namespace tessera::rtl
