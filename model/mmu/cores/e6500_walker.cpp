#include "model/mmu/core.hpp"

namespace tessera::mmu::cores {

// docs/walkers.md W1: not an e6500, but what its walker would do for an e500mc.
constinit const Core kE6500Walker{
    .name = "e6500-walker",
    .description = "e500mc with the e6500's page walker: indirect entries in TLB1, MAV 2.0 TSIZE",
    .parameters = {.tsize_bits = 5, .hardware_walker = HardwareWalker::E6500},
    .timing = {},
};

}  // namespace tessera::mmu::cores
