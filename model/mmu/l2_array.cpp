#include "model/mmu/l2_array.hpp"

#include <algorithm>
#include <iterator>

namespace tessera::mmu {

void L2Array::invalidate(unsigned index, const Invalidation& invalidation) {
  if (!invalidation.hits(words_[index]) || entries_[index].iprot()) return;
  words_[index].tag &= ~match::kValid;
  entries_[index].mas1 = mas1::kValid.put(entries_[index].mas1, 0);
}

void L2Array::append_valid(std::vector<TlbEntry>& to) const {
  std::copy_if(entries_.begin(), entries_.end(), std::back_inserter(to),
               [](const TlbEntry& entry) { return entry.valid(); });
}

}  // namespace tessera::mmu
