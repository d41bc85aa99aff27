#include "sw/vm/address_space.hpp"
#include "sw/vm/rounding.hpp"

/// remap_file_pages before 2.6.23: the file maps its pages into the range by itself
/// (vm_ops->populate: filemap_populate, shmem_populate).
namespace tessera::vm {

// linux-vm.md A1, A3. Both compare the VMA with the end as the caller gave it.
Errno AddressSpace::remap_by_populating(const RemapRequest& request) {
  const RemapRules& rules = kernel_.remap;
  if (request.protection != 0 && !rules.takes_protection) return Errno::Einval;
  const std::uint64_t first = request.start.value();
  const std::uint64_t bytes = kernel_.word(request.size);
  const std::uint64_t start = rules.rounds_up ? page_align(kernel_, first) : page_floor(first);
  const std::uint64_t size = rules.rounds_up ? page_align(kernel_, bytes) : page_floor(bytes);
  const std::uint64_t pgoff = kernel_.word(request.pgoff);
  if (!rules.rounds_up && kernel_.word(start + size) <= start) return Errno::Einval;
  const std::uint64_t limit = std::uint64_t{1} << format_.file.max_bits;
  const std::uint64_t pgoff_end = kernel_.word(pgoff + (size >> kPageShift));
  if (!rules.forgets_offsets && pgoff_end >= limit) return Errno::Einval;

  meter_.did(KernelWork::RemapBase);
  searched_vmas();
  const std::uint64_t end = kernel_.word(first + bytes);
  const auto vma = vmas_.find(page_at(start));
  if (vma == vmas_.end() || !vma->second.shared || end <= start) return Errno::Einval;
  const bool inside =
      bytes_before(vma->second.start) <= start && end <= bytes_before(vma->second.end);
  if (!inside || vma->second.special()) return Errno::Einval;  // a driver's VMA cannot (E)
  const PageOffset offset(pgoff);
  const bool linear = offset == vma->second.linear_offset(page_at(start));
  if (!linear && !rules.forgets_offsets && !vma->second.nonlinear) {
    VmaKind kind = vma->second.kind();
    kind.nonlinear = true;
    vmas_.set_kind(vma, kind);
  }
  const PopulateRights rights{
      rules.takes_protection ? protection_of(request.protection) : vma->second.protection,
      (request.flags & kMapNonblock) != 0};
  return populate_mapped({page_at(start), page_at(start + size)}, vma->second, offset, rights);
}

// What lies behind the end of the file is refused as a whole, but for shmem in the kernel that
// takes page after page (A1).
Errno AddressSpace::populate_mapped(Range range, Vma& vma, PageOffset offset,
                                    PopulateRights rights) {
  const bool is_shmem = !vma.file->file_system().faults_read_pages;
  const bool page_by_page = is_shmem && kernel_.remap.forgets_offsets;
  const PageOffset last = offset + (range.end - range.start) - PageCount(1);
  if (!page_by_page && !vma.file->contains(last)) return Errno::Einval;
  for (VirtualPage page = range.start; page < range.end; page += PageCount(1)) {
    const PageOffset wanted = offset + (page - range.start);
    if (!vma.file->contains(wanted)) return Errno::Efault;
    const Errno error = populate_page(page, vma, wanted, rights);
    if (error != Errno::Ok) return error;
  }
  return Errno::Ok;
}

// What is missing is read, or made, without any fault being counted.
Errno AddressSpace::populate_page(VirtualPage page, Vma& vma, PageOffset offset,
                                  PopulateRights rights) {
  if (rights.nonblock && !vma.file->is_cached(offset)) return leave_absent(page, vma, offset);
  frames_.make_room();
  bool fresh = false;
  const auto frame = vma.file->page(offset, fresh);
  if (!frame) return Errno::Enomem;
  if (fresh) meter_.did(KernelWork::PageClear);
  meter_.did(KernelWork::FileFault);
  const bool dirty = kernel_.remap.takes_protection && rights.protection.write;
  return replace_entry(page, pte::make_present(format_, *frame, rights.protection, dirty), vma);
}

// A page that is not in memory, with MAP_NONBLOCK: a file PTE, or, before there were any, nothing;
// the page cache of 2.5.42 even fails (A1).
Errno AddressSpace::leave_absent(VirtualPage page, const Vma& vma, PageOffset offset) {
  if (kernel_.remap.forgets_offsets) {
    return vma.file->file_system().faults_read_pages ? Errno::Enomem : Errno::Ok;
  }
  meter_.did(KernelWork::RemapPage);
  return replace_entry(page, pte::pgoff_to_pte(format_, offset), vma);
}

// install_page and install_file_pte.
Errno AddressSpace::replace_entry(VirtualPage page, pte::Raw entry, const Vma& vma) {
  const auto slot = table_.find_or_allocate(page);
  if (!slot) return Errno::Enomem;
  const pte::Raw old = table_.load(*slot);
  const bool present = pte::is_present(format_, old);
  if (present) {
    table_.clear(*slot, old);
    meter_.did(KernelWork::RemapReplace);
  }
  if (present || kernel_.remap.flushes_empty_slots) flush_page(page, FlushCause::Remap);
  if (present) {
    pass_dirty_on(old, vma);
    leave_rss(pte::frame_of(format_, old));
    drop_page(pte::frame_of(format_, old));
  }
  table_.store(*slot, entry);
  if (pte::is_present(format_, entry)) enter_rss(pte::frame_of(format_, entry));
  return Errno::Ok;
}

// MAP_POPULATE: mmap calls remap_file_pages for what it has just mapped, with the rights of the
// mapping where those count.
void AddressSpace::populate_by_remapping(const MmapRequest& request, const Vma& vma) {
  const unsigned rights = kernel_.remap.takes_protection ? request.protection : kProtNone;
  remap_by_populating({address_of(vma.start), bytes_of(vma.pages()).value(), rights,
                       vma.offset.value(), request.flags & kMapNonblock});
}

// do_file_page (linux-vm.md B1): major, even if the page is in memory.
FaultOutcome AddressSpace::fault_by_populating(VirtualPage page, pte::Raw entry, Vma& vma) {
  const PageOffset offset = pte::pte_to_pgoff(format_, entry);
  const Errno error = populate_mapped({page, page + PageCount(1)}, vma, offset,
                                      {.protection = vma.protection, .nonblock = false});
  if (error == Errno::Enomem) return ended(FaultResult::OutOfMemory);
  if (error != Errno::Ok) return ended(FaultResult::BusError);
  return {FaultResult::Resolved, true};
}

}  // namespace tessera::vm
