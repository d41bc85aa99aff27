#include "sw/machine/memory/memory.hpp"

namespace tessera::machine {

Memory::Memory(const MemoryParameters& parameters, PageCount device)
    : contents_(parameters.ram + device),
      l1d_(parameters.l1d, "l1d"),
      l2_(parameters.l2, "l2"),
      cpc_(parameters.cpc, "cpc"),
      ddr_(parameters.ddr),
      walk_cache_(parameters.walk_loads) {}

Cycles Memory::use(RealAddress ra) { return l1d_.use(ra) ? l1d_.latency() : use_behind_l1d(ra); }

Cycles Memory::use_behind_l1d(RealAddress ra) {
  if (l2_.use(ra)) {
    return l2_.latency();
  }
  return cpc_.use(ra) ? cpc_.latency() : ddr_;
}

mmu::WalkLoad Memory::load(RealAddress ra, bool is_double) {
  constexpr unsigned kWordBits = 32;
  ++walk_loads_.all;
  if (pgd_ <= ra && ra < pgd_ + pgd_size_) ++walk_loads_.of_pgd;
  mmu::WalkLoad answer;
  if (!contents_.contains(ra)) {
    walk_loads_.no_memory = ra;
    answer.latency = ddr_;
    answer.error = true;
    walk_loads_.latencies += answer.latency;
    return answer;
  }
  answer.latency = walk_cache_ == WalkLoadCache::L1d ? use(ra) : use_behind_l1d(ra);
  walk_loads_.latencies += answer.latency;
  answer.data = contents_.read(ra);
  if (is_double) answer.data = answer.data << kWordBits | contents_.read(ra + Bytes(4));
  return answer;
}

void Memory::begin_walks_in(RealAddress pgd, Bytes size) {
  pgd_ = pgd;
  pgd_size_ = size;
}

}  // namespace tessera::machine
