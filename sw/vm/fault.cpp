#include "sw/vm/address_space.hpp"

namespace tessera::vm {

namespace {

// powerpc do_page_fault: any right makes a page readable; execution is checked on its own
// (CPU_FTR_NOEXECUTE is set for e500*).
bool allows(const pte::Protection& protection, FaultAccess access) {
  switch (access) {
    case FaultAccess::Read:
      return protection.index() != 0;
    case FaultAccess::Write:
      return protection.write;
    case FaultAccess::Fetch:
      return protection.exec;
  }
  return false;
}

void count(VmCounters& counters, FaultResult result) {
  switch (result) {
    case FaultResult::Resolved:
      ++counters.faults_minor;
      ++counters.faults_by_exception;
      break;
    case FaultResult::MapError:
    case FaultResult::AccessError:
      ++counters.segmentation_faults;
      break;
    case FaultResult::BusError:
      ++counters.bus_errors;
      break;
    case FaultResult::OutOfMemory:
      ++counters.out_of_memory;
      break;
  }
}

}  // namespace

FaultOutcome AddressSpace::handle_fault(EffectiveAddress address, FaultAccess access) {
  ++meter_.counters().exceptions;
  meter_.did(KernelWork::ExceptionFault);
  searched_vmas();
  const VirtualPage page = page_of(address);
  Vma* vma = vmas_.containing(page);
  FaultOutcome outcome;
  if (vma == nullptr) {
    outcome.result = FaultResult::MapError;
  } else if (!allows(vma->protection, access)) {
    outcome.result = FaultResult::AccessError;
  } else {
    outcome.result = resolve(page, access == FaultAccess::Write, *vma);
  }
  count(meter_.counters(), outcome.result);
  return outcome;
}

// handle_mm_fault and handle_pte_fault (linux-vm.md B1). "None" is tested before "file": a file
// PTE that the format's none mask hides becomes a linear fault.
FaultResult AddressSpace::resolve(VirtualPage page, bool write, Vma& vma) {
  const auto slot = table_.find_or_allocate(page);
  if (!slot) return FaultResult::OutOfMemory;
  const pte::Raw entry = table_.load(*slot);
  if (pte::is_present(format_, entry)) return fault_present(page, *slot, entry, write, vma);
  if (!pte::is_none(format_, entry)) {
    // print_bad_pte: a file PTE belongs in a nonlinear VMA and nothing else is swapped here.
    if (!pte::is_file(format_, entry) || !vma.nonlinear) return FaultResult::BusError;
    return fault_file(*slot, pte::pte_to_pgoff(format_, entry), write, vma);
  }
  if (vma.file == nullptr) return fault_anonymous(*slot, write, vma);
  return fault_file(*slot, vma.linear_offset(page), write, vma);
}

// shmem_fault and __do_fault (linux-vm.md B2).
FaultResult AddressSpace::fault_file(RealAddress slot, PageOffset offset, bool write, Vma& vma) {
  if (!vma.file->contains(offset)) return FaultResult::BusError;
  if (write && !vma.shared) return fault_private_write(slot, offset, vma);
  bool fresh = false;
  const auto frame = vma.file->page(offset, fresh);
  if (!frame) return FaultResult::OutOfMemory;
  if (fresh) meter_.did(KernelWork::PageClear);
  meter_.did(KernelWork::FileFault);
  if (write) meter_.did(KernelWork::FileDirty);
  const pte::Raw entry = pte::make_present(format_, *frame, vma.protection, write);
  table_.store(slot, vma.shared ? entry : pte::without_write(format_, entry));
  return FaultResult::Resolved;
}

FaultResult AddressSpace::fault_private_write(RealAddress slot, PageOffset offset, Vma& vma) {
  const auto copy = allocate_private(vma);
  if (!copy) return FaultResult::OutOfMemory;
  bool fresh = false;
  const auto source = vma.file->page(offset, fresh);
  if (!source) {
    frames_.release(*copy);
    return FaultResult::OutOfMemory;
  }
  if (fresh) meter_.did(KernelWork::PageClear);
  hardware_.copy_frame(*source, *copy);
  meter_.did(KernelWork::FileFault);
  meter_.did(KernelWork::CopyFault);
  table_.store(slot, private_entry(*copy, vma));
  return FaultResult::Resolved;
}

FaultResult AddressSpace::fault_anonymous(RealAddress slot, bool write, Vma& vma) {
  if (!write) {
    const pte::Raw entry = pte::make_present(format_, frames_.zero_page(), vma.protection, false);
    table_.store(slot, pte::with_special(format_, pte::without_write(format_, entry)));
  } else {
    const auto frame = allocate_private(vma);
    if (!frame) return FaultResult::OutOfMemory;
    hardware_.fill_frame(*frame, 0);
    table_.store(slot, private_entry(*frame, vma));
  }
  meter_.did(KernelWork::AnonymousFault);
  return FaultResult::Resolved;
}

}  // namespace tessera::vm
