#include "sw/vm/address_space.hpp"

namespace tessera::vm {

namespace {

// powerpc do_page_fault: any right makes a page readable; execution is checked on its own
// (CPU_FTR_NOEXECUTE is set for e500*).
bool allows(const Vma& vma, FaultAccess access) {
  switch (access) {
    case FaultAccess::Read:
      return vma.accessible();
    case FaultAccess::Write:
      return vma.protection.write;
    case FaultAccess::Fetch:
      return vma.protection.exec;
  }
  return false;
}

void count(VmCounters& counters, const FaultOutcome& outcome) {
  switch (outcome.result) {
    case FaultResult::Resolved:
      ++(outcome.major ? counters.faults_major : counters.faults_minor);
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
  } else if (!allows(*vma, access)) {
    outcome.result = FaultResult::AccessError;
  } else {
    outcome = resolve(page, access == FaultAccess::Write, *vma);
  }
  count(meter_.counters(), outcome);
  return outcome;
}

// handle_mm_fault and handle_pte_fault (linux-vm.md B1). "None" is tested before "file": a file
// PTE that the format's none mask hides becomes a linear fault.
FaultOutcome AddressSpace::resolve(VirtualPage page, bool write, Vma& vma) {
  if (vma.hugetlb()) return fault_huge(page, write, vma);
  if (may_take_frame(table_.peek(page), write, vma)) frames_.make_room();
  auto slot = kernel_.file_fault.table_waits_for_page ? table_.find(page) : std::nullopt;
  const bool bare = !slot;
  if (kernel_.file_fault.table_waits_for_page && bare && maps_nothing(page, write, vma)) {
    return ended(FaultResult::BusError);
  }
  if (bare) slot = table_.find_or_allocate(page);
  if (!slot) return ended(FaultResult::OutOfMemory);
  const pte::Raw entry = table_.load(*slot);
  if (pte::is_present(format_, entry)) return fault_present(page, *slot, entry, write, vma);
  if (pte::is_swap(format_, entry)) return fault_swap(page, *slot, entry, write, vma);
  if (!pte::is_none(format_, entry)) {
    if (kernel_.remap.populates_at_once) return fault_by_populating(page, entry, vma);
    // print_bad_pte: a file PTE belongs in a nonlinear VMA.
    if (!vma.nonlinear) return ended(FaultResult::BusError);
    return fault_file(*slot, pte::pte_to_pgoff(format_, entry), write, vma);
  }
  if (vma.io) return fault_device(page, vma);
  if (vma.file == nullptr) return fault_anonymous(*slot, write, vma);
  return fault_linear(page, *slot, goes_around(page, write, vma, bare), write, vma);
}

// Who only changes rights of a present page leaves memory as it is: the page that room is made of
// might be this one, again and again.
bool AddressSpace::may_take_frame(pte::Raw entry, bool write, const Vma& vma) const {
  const bool copies = write && !vma.shared && !pte::is_writable(format_, entry);
  return !pte::is_present(format_, entry) || copies;
}

FaultOutcome AddressSpace::fault_anonymous(RealAddress slot, bool write, Vma& vma) {
  if (!write) {
    const pte::Raw entry = pte::make_present(format_, frames_.zero_page(), vma.protection, false);
    table_.store(slot, pte::with_special(format_, pte::without_write(format_, entry)));
  } else {
    prepare_anon_identity(vma);
    const auto frame = allocate_private();
    if (!frame) return ended(FaultResult::OutOfMemory);
    hardware_.fill_frame(*frame, 0);
    table_.store(slot, private_entry(*frame, vma));
    enter_rss(*frame);
  }
  meter_.did(KernelWork::AnonymousFault);
  return {};
}

}  // namespace tessera::vm
