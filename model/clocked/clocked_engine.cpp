#include "model/clocked/clocked_engine.hpp"

#include "model/clocked/clocked_mmu.hpp"
#include "model/clocked/pin_engine.hpp"

namespace tessera::clocked {

std::unique_ptr<mmu::MmuEngine> make_clocked_engine(const mmu::Parameters& parameters,
                                                    const mmu::Timing& timing) {
  return std::make_unique<PinEngine>(std::make_unique<ClockedMmu>(parameters, timing), parameters,
                                     timing);
}

}  // namespace tessera::clocked
