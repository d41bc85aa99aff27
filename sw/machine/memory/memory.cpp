#include "sw/machine/memory/memory.hpp"

namespace tessera::machine {

Memory::Memory(const MemoryParameters& parameters)
    : contents_(parameters.ram),
      l1d_(parameters.l1d, "l1d"),
      l2_(parameters.l2, "l2"),
      cpc_(parameters.cpc, "cpc"),
      ddr_(parameters.ddr) {}

Cycles Memory::use(RealAddress ra) {
  if (l1d_.use(ra)) {
    return l1d_.latency();
  }
  if (l2_.use(ra)) {
    return l2_.latency();
  }
  return cpc_.use(ra) ? cpc_.latency() : ddr_;
}

}  // namespace tessera::machine
