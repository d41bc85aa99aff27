#include "model/clocked/clocked_engine.hpp"

#include "model/clocked/clocked_mmu.hpp"
#include "model/clocked/pin_engine.hpp"

namespace tessera::clocked {

std::unique_ptr<mmu::MmuEngine> make_clocked_engine(const mmu::Parameters& parameters,
                                                    const mmu::Timing& timing,
                                                    mmu::WalkMemory* memory) {
  return std::make_unique<PinEngine>(std::make_unique<ClockedMmu>(parameters, timing), parameters,
                                     timing, memory);
}

}  // namespace tessera::clocked
