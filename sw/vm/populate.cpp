#include <algorithm>

#include "sw/vm/address_space.hpp"

namespace tessera::vm {

// After mmap and mremap: what is locked is populated with the rights of mlock, what MAP_POPULATE
// asks for with those of its kernel (linux-vm.md D4, L). Errors are ignored.
void AddressSpace::populate_mapping(Range range, bool locked) {
  if (locked || kernel_.populate.any_accessible) {
    populate_vmas(range, true);
  } else {
    make_present(range);
  }
}

// make_pages_present: get_user_pages with the rights of the first VMA (linux-vm.md A4 row 13).
void AddressSpace::make_present(Range range) {
  meter_.did(KernelWork::PrefaultBase);
  searched_vmas();
  const Vma* vma = vmas_.containing(range.start);
  if (vma == nullptr) return;
  // A shared mapping is faulted for reading, so that its pages stay clean (linux-vm.md J).
  prefault(range, {.write = vma->protection.write && !vma->shared, .force = false});
}

// do_mlock_pages, later mm_populate: VMA by VMA; a hole ends it.
Errno AddressSpace::populate_vmas(Range range, bool ignore_errors) {
  meter_.did(KernelWork::PrefaultBase);
  searched_vmas();
  for (VirtualPage start = range.start; start < range.end;) {
    const auto vma = vmas_.find(start);
    if (vma == vmas_.end() || vma->second.start >= range.end) break;
    const Range part{std::max(start, vma->second.start), std::min(range.end, vma->second.end)};
    start = part.end;
    if (vma->second.special() && !vma->second.hugetlb()) continue;
    const Prefaulted done = populate_vma(part, vma->second);
    if (done.error != Errno::Ok && !ignore_errors) {
      return done.error == Errno::Enomem ? Errno::Eagain : Errno::Enomem;
    }
  }
  return Errno::Ok;
}

// __mlock_vma_pages_range, later populate_vma_page_range: any right will do, and private
// writable memory is written to, so that no copying is left for later.
AddressSpace::Prefaulted AddressSpace::populate_vma(Range range, const Vma& vma) {
  const bool write = vma.protection.write && !vma.shared;
  return prefault(range, {.write = write, .force = vma.accessible()});
}

// __get_user_pages over `range`; stops at the first page that cannot be had.
AddressSpace::Prefaulted AddressSpace::prefault(Range range, PrefaultRights rights) {
  Prefaulted done;
  auto vma = vmas_.find(range.start);
  for (VirtualPage page = range.start; page < range.end; page += PageCount(1)) {
    if (vma != vmas_.end() && vma->second.end <= page) ++vma;
    const bool there = vma != vmas_.end() && vma->second.contains(page);
    if (there && vma->second.io) return {done.pages, Errno::Efault};
    const bool allowed = there && (rights.force || (rights.write ? vma->second.protection.write
                                                                 : vma->second.protection.read));
    if (!allowed) return {done.pages, Errno::Efault};
    const FaultOutcome outcome = prefault_page(page, vma->second, rights.write);
    if (!outcome.resolved()) {
      const bool memory = outcome.result == FaultResult::OutOfMemory;
      return {done.pages, memory ? Errno::Enomem : Errno::Efault};
    }
    ++done.pages;
  }
  return done;
}

FaultOutcome AddressSpace::prefault_page(VirtualPage page, Vma& vma, bool write) {
  meter_.did(KernelWork::PrefaultPage);
  const auto slot = table_.find(page);
  const pte::Raw entry = slot ? table_.load(*slot) : 0;
  const bool enough =
      pte::is_present(format_, entry) && (!write || pte::is_writable(format_, entry));
  if (enough) return {};
  const FaultOutcome outcome = resolve(page, write, vma);
  if (!outcome.resolved()) return outcome;
  VmCounters& counters = meter_.counters();
  ++(outcome.major && !kernel_.populate.always_counts_minor ? counters.faults_major
                                                            : counters.faults_minor);
  ++counters.faults_by_prefault;
  return outcome;
}

}  // namespace tessera::vm
