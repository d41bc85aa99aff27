#include "sw/vm/address_space.hpp"
#include "sw/vm/rounding.hpp"

namespace tessera::vm {

Errno AddressSpace::remap_file_pages(EffectiveAddress start, std::uint64_t size, unsigned prot,
                                     std::uint64_t pgoff, unsigned flags) {
  meter_.did(KernelWork::SystemCall);
  if (kernel_.remap.populates_at_once) {
    return finished(remap_by_populating({start, size, prot, pgoff, flags}));
  }
  if (prot != 0) return finished(Errno::Einval);
  const std::uint64_t first = page_floor(start.value());
  const std::uint64_t length = page_floor(kernel_.word(size));
  const std::uint64_t offset = kernel_.word(pgoff);
  const Errno range = check_range(first, length, offset);
  if (range != Errno::Ok) return finished(range);
  meter_.did(KernelWork::RemapBase);
  searched_vmas();
  const Range pages{page_at(first), page_at(first + length)};
  return finished(kernel_.remap.is_emulated ? emulate_remap(pages, PageOffset(offset), flags)
                                            : do_remap(pages, PageOffset(offset), flags));
}

// linux-vm.md A4 rows 3-5; only kernels with file PTEs care whether the offset fits one.
Errno AddressSpace::check_range(std::uint64_t start, std::uint64_t size,
                                std::uint64_t pgoff) const {
  if (kernel_.word(start + size) <= start) return Errno::Einval;
  const std::uint64_t pgoff_end = kernel_.word(pgoff + (size >> kPageShift));
  if (pgoff_end < pgoff) return Errno::Einval;
  if (kernel_.remap.is_emulated) return Errno::Ok;
  // ">=": the last representable page is refused when the range ends exactly at the limit.
  const std::uint64_t limit = std::uint64_t{1} << format_.file.max_bits;
  return pgoff_end >= limit ? Errno::Einval : Errno::Ok;
}

// linux-vm.md A4 rows 6-9, A5.
Errno AddressSpace::do_remap(Range range, PageOffset offset, unsigned flags) {
  const auto vma = vmas_.find(range.start);
  if (vma == vmas_.end() || !vma->second.contains(range.start)) return Errno::Einval;
  if (!vma->second.shared || vma->second.end < range.end) return Errno::Einval;
  if (vma->second.special()) return Errno::Einval;  // a driver's VMA cannot (linux-vm.md E)
  const bool populates = vma->second.locked || (flags & kMapNonblock) == 0;
  const Errno error = remap_vma(range, vma, offset, flags);
  if (error == Errno::Ok && populates && kernel_.remap.prefaults_like_mmap) {
    populate_vmas(range, true);
  }
  return error;
}

// linux-vm.md A4 rows 10-13.
Errno AddressSpace::remap_vma(Range range, VmaTree::iterator vma, PageOffset offset,
                              unsigned flags) {
  if (!vma->second.nonlinear) {
    const bool linear = offset == vma->second.linear_offset(range.start);
    if (linear && kernel_.remap.linear_is_no_op) return Errno::Ok;
    // Write-back finds the mappings of a page by its offset, so that files whose dirty pages
    // are accounted get VMAs instead (row 10c).
    if (vma->second.file->file_system().accounts_dirty) {
      return remap_as_mapping(range, vma->second, offset);
    }
    VmaKind kind = vma->second.kind();
    kind.nonlinear = true;
    vmas_.set_kind(vma, kind);
  }
  for (VirtualPage page = range.start; page < range.end; page += PageCount(1)) {
    const Errno installed = install_file_entry(page, offset + (page - range.start));
    if (installed != Errno::Ok) return installed;
  }
  const bool prefaults = kernel_.remap.prefaults && !kernel_.remap.prefaults_like_mmap;
  if (prefaults && (flags & kMapNonblock) == 0) {
    prefault_remapped(range, vma->second);
  }
  return Errno::Ok;
}

// Row 13; nobody looks at what came of it.
void AddressSpace::prefault_remapped(Range range, const Vma& vma) {
  if (vma.locked) {
    populate_vma(range, vma);
  } else {
    make_present(range);
  }
}

// install_file_pte: writes a file PTE even if the offset happens to be the linear one.
Errno AddressSpace::install_file_entry(VirtualPage page, PageOffset offset) {
  const auto slot = table_.find_or_allocate(page);
  if (!slot) return Errno::Enomem;
  const pte::Raw old = table_.load(*slot);
  if (pte::is_present(format_, old)) {
    table_.clear(*slot, old);
    leave_rss(pte::frame_of(format_, old));
    meter_.did(KernelWork::RemapReplace);
    flush_page(page, FlushCause::Remap);
  }
  table_.store(*slot, pte::pgoff_to_pte(format_, offset));
  meter_.did(KernelWork::RemapPage);
  return Errno::Ok;
}

}  // namespace tessera::vm
