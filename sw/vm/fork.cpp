#include <algorithm>
#include <new>

#include "sw/vm/address_space.hpp"
#include "sw/vm/huge_file.hpp"
#include "sw/vm/rounding.hpp"

namespace tessera::vm {

// dup_mmap. The parent is flushed whatever was copied: its private pages may be read-only now.
std::unique_ptr<AddressSpace> AddressSpace::fork(Pid child_pid) {
  meter_.did(KernelWork::SystemCall);
  std::unique_ptr<AddressSpace> child;
  try {
    child = std::make_unique<AddressSpace>(kernel_, format_, frames_, hardware_, child_pid);
  } catch (const std::bad_alloc&) {
    finished(Errno::Enomem);
    return nullptr;
  }
  child->shared_anonymous_ = shared_anonymous_;
  child->swap_ = swap_;
  child->next_anon_identity_ = next_anon_identity_;
  bool complete = true;
  for (auto vma = vmas_.begin(); complete && vma != vmas_.end(); ++vma) {
    complete = child->inherit(*this, vma->second);
  }
  flush_pid(FlushCause::Fork);
  finished(complete ? Errno::Ok : Errno::Enomem);
  return complete ? std::move(child) : nullptr;
}

// Locks are not inherited; private memory gets an anon_vma of its own, with a link to the
// parent's (anon_vma_fork).
bool AddressSpace::inherit(AddressSpace& parent, const Vma& original) {
  Vma vma = original;
  vma.locked = false;
  if (vma.anon_identity != 0) {
    if (!kernel_.fork.shares_anon_identity) {
      vma.anon_identity = next_anon_identity_++;
      vma.anon_inherited = true;
    }
  }
  const bool hugetlb = vma.hugetlb();
  if (hugetlb && !vma.may_share) vma.huge = HugeFile::without_promises(frames_.huge_pool());
  vmas_.insert(vma);
  meter_.did(KernelWork::VmaInsert);
  note_vma_count();
  if (hugetlb) return inherit_huge(parent, vma);
  // What faults can bring back is not copied; offsets of a nonlinear VMA would be lost
  // (linux-vm.md C).
  const bool copies =
      vma.nonlinear || vma.special() || vma.anon_identity != 0 || kernel_.fork.copies_all_entries;
  return !copies || inherit_entries(parent, vma);
}

bool AddressSpace::inherit_entries(AddressSpace& parent, const Vma& vma) {
  for (VirtualPage page = vma.start; page < vma.end;) {
    const VirtualPage span_end = std::min(table_.next_span(page), vma.end);
    const auto source = parent.table_.find(page);
    if (!source) {
      page = span_end;
      continue;
    }
    const auto target = table_.find_or_allocate(page);
    if (!target) return false;
    meter_.did(KernelWork::CopyEntry, (span_end - page).value());
    RealAddress from = *source;
    RealAddress to = *target;
    for (; page < span_end; page += PageCount(1)) {
      inherit_entry(parent, page, from, to, vma);
      from += table_.entry_bytes();
      to += table_.entry_bytes();
    }
  }
  return true;
}

// copy_one_pte: file PTEs as they are; pages clean and old if they are shared, read-only for
// both if a write has to copy them.
void AddressSpace::inherit_entry(AddressSpace& parent, VirtualPage page, RealAddress from,
                                 RealAddress to, const Vma& vma) {
  const pte::Raw original = parent.table_.load(from);
  if (pte::is_none(format_, original)) return;
  pte::Raw entry = original;
  if (pte::is_swap(format_, original)) {
    swap_->duplicate(pte::pte_to_slot(format_, original));
    ++meter_.counters().swapped;
  }
  if (pte::is_present(format_, original)) {
    if (vma.shared) {
      entry = pte::without_dirty(format_, entry);
    } else if (vma.may_write && pte::is_writable(format_, original)) {
      entry = pte::without_write(format_, entry);
      parent.table_.store(from, entry);
    }
    entry = pte::without_accessed(format_, entry);
    if (is_private_page(vma, page, entry)) frames_.add_reference(pte::frame_of(format_, entry));
    if (const auto frame = normal_page(vma, page, entry)) enter_rss(*frame);
  }
  table_.store(to, entry);
}

// exit_mmap: one flush for everything.
void AddressSpace::exit() {
  lock_future_ = false;
  if (vmas_.begin() == vmas_.end()) return;
  meter_.did(KernelWork::MunmapBase);
  unmap_region({vmas_.begin()->second.start, page_at(kernel_.task_size.value())});
  forget_unmapped_files();
}

}  // namespace tessera::vm
