#pragma once

#include <cstdint>

#include "model/mmu/walk_memory.hpp"

namespace tessera::clocked {

/// A memory full of words that are directory entries, PTEs and neither, with latencies from 1 to
/// 40: each a function of the seed, the address and how many loads there were before. Two that are
/// asked the same answer the same.
class RandomMemory final : public mmu::WalkMemory {
 public:
  explicit RandomMemory(unsigned seed) : seed_(seed) {}

  mmu::WalkLoad load(RealAddress ra, bool is_double) override;

  std::uint64_t loads() const { return loads_; }
  /// Of all that was asked, in order.
  std::uint64_t checksum() const { return checksum_; }

 private:
  std::uint64_t seed_;
  std::uint64_t loads_ = 0;
  std::uint64_t checksum_ = 0;
};

}  // namespace tessera::clocked
