#include "sw/vm/address_space.hpp"

namespace tessera::vm {

// make_pages_present: get_user_pages over [start, end), which lies in one VMA. Its result is
// ignored by all callers, so it simply stops where it fails (linux-vm.md A4 row 13, D4).
void AddressSpace::prefault(VirtualPage start, VirtualPage end) {
  meter_.did(KernelWork::PrefaultBase);
  searched_vmas();
  Vma* vma = vmas_.containing(start);
  if (vma == nullptr) return;
  // A shared mapping is faulted for reading, so that its pages stay clean (linux-vm.md J).
  const bool write = vma->protection.write && !vma->shared;
  if (!write && !vma->protection.read) return;
  for (VirtualPage page = start; page < end; page += PageCount(1)) {
    if (!prefault_page(page, *vma, write)) return;
  }
}

bool AddressSpace::prefault_page(VirtualPage page, Vma& vma, bool write) {
  meter_.did(KernelWork::PrefaultPage);
  const auto slot = table_.find(page);
  const pte::Raw entry = slot ? table_.load(*slot) : 0;
  const bool enough =
      pte::is_present(format_, entry) && (!write || pte::is_writable(format_, entry));
  if (enough) return true;
  if (resolve(page, write, vma) != FaultResult::Resolved) return false;
  ++meter_.counters().faults_minor;
  ++meter_.counters().faults_by_prefault;
  return true;
}

}  // namespace tessera::vm
