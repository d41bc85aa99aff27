#include "sw/vm/address_space.hpp"
#include "sw/vm/rounding.hpp"

namespace tessera::vm {

Errno AddressSpace::remap_file_pages(EffectiveAddress start, std::uint64_t size, unsigned prot,
                                     std::uint64_t pgoff, unsigned flags) {
  ++meter_.counters().mapping_calls;
  meter_.did(KernelWork::SystemCall);
  const Errno error = prot != 0 ? Errno::Einval
                                : do_remap(page_floor(start.value()), page_floor(as_word(size)),
                                           as_word(pgoff), flags);
  if (error != Errno::Ok) ++meter_.counters().mapping_calls_failed;
  return error;
}

// linux-vm.md A4 rows 3-5.
Errno AddressSpace::check_range(std::uint32_t start, std::uint32_t size,
                                std::uint32_t pgoff) const {
  if (as_word(start + size) <= start) return Errno::Einval;
  const std::uint32_t pgoff_end = as_word(pgoff + (size >> kPageShift));
  if (pgoff_end < pgoff) return Errno::Einval;
  // ">=": the last representable page is refused when the range ends exactly at the limit.
  const std::uint64_t limit = std::uint64_t{1} << format_.file.max_bits;
  return pgoff_end >= limit ? Errno::Einval : Errno::Ok;
}

// linux-vm.md A4 rows 6-13, for files that do not account dirty pages (tmpfs, ramfs).
Errno AddressSpace::do_remap(std::uint32_t start, std::uint32_t size, std::uint32_t pgoff,
                             unsigned flags) {
  const Errno range = check_range(start, size, pgoff);
  if (range != Errno::Ok) return range;
  meter_.did(KernelWork::RemapBase);
  searched_vmas();
  const VirtualPage first = page_of(EffectiveAddress(start));
  const VirtualPage end = first + PageCount(size >> kPageShift);
  Vma* vma = vmas_.containing(first);
  if (vma == nullptr || !vma->shared || vma->end < end) return Errno::Einval;

  const PageOffset offset(pgoff);
  if (!vma->nonlinear && offset == vma->linear_offset(first) && kernel_.linear_remap_is_no_op) {
    return Errno::Ok;
  }
  vma->nonlinear = true;
  for (VirtualPage page = first; page < end; page += PageCount(1)) {
    const Errno installed = install_file_entry(page, offset + (page - first));
    if (installed != Errno::Ok) return installed;
  }
  if (kernel_.remap_prefaults && (flags & kMapNonblock) == 0) prefault(first, end);
  return Errno::Ok;
}

// install_file_pte: writes a file PTE even if the offset happens to be the linear one.
Errno AddressSpace::install_file_entry(VirtualPage page, PageOffset offset) {
  const auto slot = table_.find_or_allocate(page);
  if (!slot) return Errno::Enomem;
  const pte::Raw old = table_.load(*slot);
  if (pte::is_present(format_, old)) {
    table_.clear(*slot, old);
    meter_.did(KernelWork::RemapReplace);
    flush_page(page, FlushCause::Remap);
  }
  table_.store(*slot, pte::pgoff_to_pte(format_, offset));
  meter_.did(KernelWork::RemapPage);
  return Errno::Ok;
}

}  // namespace tessera::vm
