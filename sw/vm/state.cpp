// What of the VM layer changes during a run, for archives (decision 13). Page tables are in
// simulated memory; reverse maps and free space follow from the VMAs.

#include <algorithm>

#include "model/types/archive.hpp"
#include "sw/vm/address_space.hpp"
#include "sw/vm/huge_file.hpp"
#include "sw/vm/known_files.hpp"
#include "sw/vm/rounding.hpp"

namespace tessera::vm {

namespace {

/// A pointer as the place it has among all; 0 is null.
template <class Pointer>
void reference(Archive& archive, Pointer& pointer, const std::vector<Pointer>& all) {
  const auto found = std::find(all.begin(), all.end(), pointer);
  auto place = static_cast<std::uint64_t>(found - all.begin()) + 1;
  if (pointer == nullptr) place = 0;
  if (place > all.size()) throw std::logic_error("an archive of a VMA with an unknown file");
  archive(place);
  archive.require(place <= all.size(), "a VMA has a file that is not there");
  pointer = place == 0 ? nullptr : all[place - 1];
}

}  // namespace

void HugePool::state(Archive& archive) {
  archive.fixed(references_);
  archive(free_, reserved_);
  const bool fits = std::all_of(free_.begin(), free_.end(),
                                [&](std::uint64_t page) { return page < references_.size(); });
  archive.require(fits && reserved_ <= free_.size(), "the pool of huge pages is damaged");
}

void HugeFile::state(Archive& archive) {
  archive(promised_, shared_);
  archive.require(promised_.size() == shared_.size(), "a file of huge pages is damaged");
}

void HugepteCache::state(Archive& archive) { archive(used_); }

void FrameAllocator::Pool::state(Archive& archive) {
  archive(next, freed);
  archive.require(next <= end, "a zone is larger than it is");
}

void FrameAllocator::state(Archive& archive) {
  archive.part("frames");
  archive(huge_pool_, low_, high_, extra_references_, owned_, next_shrinkable_);
  archive.fixed(is_owned_);
  archive.fixed(is_anonymous_);
  for (const Pool* pool : {&low_, &high_}) {
    const bool fits = std::all_of(pool->freed.begin(), pool->freed.end(), [&](std::uint64_t frame) {
      return first_ <= frame && frame < pool->end && !is_owned_[slot(frame)];
    });
    archive.require(fits, "a free frame is none");
  }
}

void OffsetRanges::state(Archive& archive) { archive(ranges_); }

void File::state(Archive& archive) {
  if (swap_ != nullptr) throw std::logic_error("an archive of a file that can be swapped out");
  archive.part(name_);
  archive(size_, data_end_, punched_, pages_, page_of_, stored_, absent_, dirty_, shrinkable_,
          hand_, readahead_marks_);
}

void VmaKind::state(Archive& archive, const KnownFiles& known) {
  archive(protection.read, protection.write, protection.exec, may_write, shared, may_share,
          nonlinear, locked, random_read, sequential_read, account, noreserve, io, pfn_map,
          mixed_map, description);
  reference(archive, file, known.files);
  reference(archive, huge, known.huge_files);
}

void Vma::state(Archive& archive, const KnownFiles& known) {
  VmaKind::state(archive, known);
  archive(start, end, offset, anon_identity, anon_inherited, reclaim_cursor);
}

void VmaTree::state(Archive& archive, const KnownFiles& known) {
  std::vector<Vma> all;
  for (const auto& [start, vma] : vmas_) all.push_back(vma);
  archive.each(all, [&](Vma& vma) { vma.state(archive, known); });
  if (!archive.reads()) return;
  VirtualPage free_from(0);
  for (const Vma& vma : all) {
    archive.require(free_from <= vma.start && vma.start < vma.end && vma.end <= kEndOfPages,
                    "VMAs overlap");
    free_from = vma.end;
  }
  while (!vmas_.empty()) erase(vmas_.begin());
  for (const Vma& vma : all) insert(vma);
}

void PageTable::state(Archive& archive) { archive(hugeptes_); }

void AddressSpace::state(Archive& archive, const KnownFiles& known) {
  if (swap_ != nullptr || !shared_anonymous_.empty()) {
    throw std::logic_error("an archive of a process with swap or shared anonymous memory");
  }
  archive.part("process");
  archive(pid_, has_context_, meter_.counters(), table_, next_anon_identity_, lock_future_);
  vmas_.state(archive, known);
}

}  // namespace tessera::vm
