// What of an MMU changes while it runs, for archives (decision 13). What software has not written
// follows from the parameters, and what a lookup needs from what software wrote.

#include "model/mmu/transaction_engine.hpp"
#include "model/types/archive.hpp"

namespace tessera::mmu {

void UseOrder::state(Archive& archive) {
  archive(uses_);
  archive.fixed(stamps_);
  for (std::size_t i = 0; i < stamps_.size(); ++i) {
    archive.require(way_of(stamps_[i]) == i % ways_, "a stamp of another way");
  }
}

void LruArray::state(Archive& archive) {
  archive(reach_, order_);
  archive.fixed(words_);
  archive.fixed(pages_);
  archive.require(reach_ <= order_.ways(), "an L1 TLB has more ways than it has");
}

void L1Tlb::state(Archive& archive) { archive(array_4k_, vsp_); }

void TlbEntry::state(Archive& archive) { archive(indirect, mas1, mas2, mas3, mas7, mas8); }

void L2Array::state(Archive& archive) {
  archive.fixed(entries_);
  for (unsigned i = 0; archive.reads() && i < size(); ++i) write(i, TlbEntry(entries_[i]));
}

void Tlb0::state(Archive& archive) { archive(array_, order_); }

void Tlb1::state(Archive& archive) {
  archive(array_);
  pack();
}

void NextVictim::state(Archive& archive) {
  archive.fixed(counters_);
  for (const std::uint16_t counter : counters_) {
    archive.require(counter < ways_, "a victim of another TLB0");
  }
}

void Mmu::state(Archive& archive) {
  archive.part("mmu");
  archive(registers_, l1_instruction_, l1_data_, tlb0_, tlb1_, next_victim_, counters_);
  update_context();
}

void TransactionEngine::state(Archive& archive) { archive(mmu_, now_, l2_free_); }

}  // namespace tessera::mmu
