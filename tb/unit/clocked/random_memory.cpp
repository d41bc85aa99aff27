#include "tb/unit/clocked/random_memory.hpp"

namespace tessera::clocked {
namespace {

/// SplitMix64 (Steele, Lea, Flood 2014).
std::uint64_t mixed(std::uint64_t x) {
  x += 0x9E3779B97F4A7C15;
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
  return x ^ (x >> 31);
}

/// fsl64: PRESENT, ACCESSED and a page of 4 KB, mostly.
std::uint64_t pte64(std::uint64_t random) {
  std::uint64_t pte = random & 0x0000'0FFF'FFFB'F0FE;
  if ((random >> 60) != 0) pte |= 0x40001;
  return (random >> 56) % 16 == 0 ? pte | (random & 0xF00) : pte | 0x200;
}

/// A pointer to a table, which fsl32 also takes for a PTE; mostly PRESENT and ACCESSED.
std::uint64_t word32(std::uint64_t random) {
  if ((random >> 60) == 0) return 0;
  const std::uint64_t word = (random & 0x7FFF'FFDE) | ((random >> 59) == 3 ? 0 : 0x8000'0000);
  return (random >> 57) == 9 ? word : word | 0x21;
}

}  // namespace

mmu::WalkLoad RandomMemory::load(RealAddress ra, bool is_double) {
  const std::uint64_t random = mixed(seed_ ^ mixed(ra.value() ^ (loads_ / 64)));
  const std::uint64_t time = mixed(random ^ ++loads_);
  checksum_ = mixed(checksum_ ^ ra.value() ^ (is_double ? 1U : 0));
  mmu::WalkLoad answer;
  // The upper half of a 4-byte answer does not count.
  answer.data = is_double ? pte64(random) : word32(random) | (time << 32);
  answer.latency = Cycles(1 + time % ((time >> 62) == 0 ? 40 : 3));
  answer.error = (time >> 40) % 32 == 0;
  return answer;
}

}  // namespace tessera::clocked
