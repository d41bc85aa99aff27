#include "sw/vm/address_space.hpp"
#include "sw/vm/rounding.hpp"

/// Pages that memory management does not look after: VM_PFNMAP and VM_MIXEDMAP (linux-vm.md E).
namespace tessera::vm {

namespace {

// is_cow_mapping: private, and may become writable.
bool is_cow(const Vma& vma) { return !vma.shared && vma.may_write; }

}  // namespace

Errno AddressSpace::remap_pfn_range(EffectiveAddress start, FrameNumber first,
                                    std::uint64_t length_bytes) {
  if (!is_page_aligned(start) && kernel_.pfn.refuses_unaligned) return Errno::Einval;
  const std::uint64_t from = page_floor(start.value());
  const Range range{page_at(from), page_at(from + page_align(kernel_, length_bytes))};
  const auto vma = vmas_.find(range.start);
  if (vma == vmas_.end() || vma->second.start > range.start || vma->second.end < range.end) {
    return Errno::Einval;
  }
  if (vma->second.hugetlb()) return Errno::Einval;  // no driver's, as below: our choice
  const bool whole = vma->second.start == range.start && vma->second.end == range.end;
  if (kernel_.pfn.marks_vmas && is_cow(vma->second) && !whole) return Errno::Einval;
  mark_pfn_vma(vma, first);
  for (VirtualPage page = range.start; page < range.end; page += PageCount(1)) {
    const Errno error = install_pfn(page, vma->second, first + (page - range.start));
    if (error != Errno::Ok) return error;
  }
  return Errno::Ok;
}

// The driver's part of mmap (mmap_mem); what it maps in vain is unmapped.
Errno AddressSpace::map_frames(const Vma& vma) {
  if (vma.file == nullptr || !vma.file->file_system().maps_frames) return Errno::Ok;
  if (vma.file->file_system().faults_frames) {
    mark_pfn_vma(vmas_.find(vma.start), FrameNumber(vma.offset.value()));
    return Errno::Ok;
  }
  const std::uint64_t length = bytes_of(vma.pages()).value();
  const Errno error =
      remap_pfn_range(address_of(vma.start), FrameNumber(vma.offset.value()), length);
  if (error != Errno::Ok) do_munmap(bytes_before(vma.start), length);
  return error;
}

// The driver's fault handler, if it has one: page n is frame n.
FaultOutcome AddressSpace::fault_device(VirtualPage page, const Vma& vma) {
  if (!vma.file->file_system().faults_frames) return ended(FaultResult::BusError);
  const FrameNumber frame(vma.linear_offset(page).value());
  const Errno error = insert_pfn(address_of(page), frame);
  if (error == Errno::Enomem) return ended(FaultResult::OutOfMemory);
  if (error != Errno::Ok) return ended(FaultResult::BusError);
  meter_.did(KernelWork::FileFault);
  return {};
}

// The offset of a private mapping becomes its first frame: an entry that still agrees with it was
// never copied on write.
void AddressSpace::mark_pfn_vma(VmaTree::iterator vma, FrameNumber first) {
  VmaKind kind = vma->second.kind();
  kind.io = true;
  kind.pfn_map = kernel_.pfn.marks_vmas;
  const bool moves_offset = kernel_.pfn.marks_vmas && is_cow(vma->second);
  vmas_.set_kind(vma, kind);
  if (moves_offset) vmas_.set_offset(vma, PageOffset(first.value()));
}

// remap_pte_range.
Errno AddressSpace::install_pfn(VirtualPage page, const Vma& vma, FrameNumber frame) {
  const auto slot = table_.find_or_allocate(page);
  if (!slot) return Errno::Enomem;
  // Before 2.6.15 nothing tells such a page from a normal one but that it is no memory.
  if (!kernel_.pfn.marks_vmas && frames_.is_memory(frame)) return Errno::Ok;
  const pte::Raw entry = pte::make_present(format_, frame, vma.protection, false);
  table_.store(*slot, special_entry(vma.shared ? entry : pte::without_write(format_, entry)));
  meter_.did(KernelWork::CopyEntry);  // a loop like fork's, which writes one entry after the other
  return Errno::Ok;
}

pte::Raw AddressSpace::special_entry(pte::Raw entry) const {
  return kernel_.pfn.marks_entries ? pte::with_special(format_, entry) : entry;
}

Errno AddressSpace::allow_mixed_map(EffectiveAddress address) {
  const auto vma = vmas_.find(page_of(address));
  if (vma == vmas_.end() || !vma->second.contains(page_of(address))) return Errno::Efault;
  if (vma->second.pfn_map || vma->second.hugetlb()) return Errno::Einval;
  VmaKind kind = vma->second.kind();
  kind.mixed_map = true;
  vmas_.set_kind(vma, kind);
  return Errno::Ok;
}

Errno AddressSpace::insert_pfn(EffectiveAddress address, FrameNumber frame) {
  const VirtualPage page = page_of(address);
  const Vma* vma = vmas_.containing(page);
  if (vma == nullptr) return Errno::Efault;
  const bool one_of_both = vma->pfn_map != vma->mixed_map;
  if (!one_of_both || (vma->pfn_map && is_cow(*vma))) return Errno::Einval;
  const auto slot = table_.find_or_allocate(page);
  if (!slot) return Errno::Enomem;
  if (!pte::is_none(format_, table_.load(*slot))) return Errno::Ebusy;
  const pte::Raw entry = pte::make_present(format_, frame, vma->protection, false);
  const pte::Raw rights = vma->shared ? entry : pte::without_write(format_, entry);
  const bool has_page = vma->mixed_map && frames_.is_memory(frame);
  table_.store(*slot, has_page ? rights : special_entry(rights));
  if (has_page) enter_rss(frame);
  return Errno::Ok;
}

// vm_normal_page: by the entry's own mark, if kernel and format have one; otherwise by the VMA.
std::optional<FrameNumber> AddressSpace::normal_page(const Vma& vma, VirtualPage page,
                                                     pte::Raw entry) const {
  const FrameNumber frame = pte::frame_of(format_, entry);
  if (!kernel_.pfn.marks_vmas) {
    return frames_.is_memory(frame) ? std::optional(frame) : std::nullopt;
  }
  if (kernel_.pfn.marks_entries && format_.present.special != 0) {
    return pte::is_special(format_, entry) ? std::nullopt : std::optional(frame);
  }
  if (vma.mixed_map && !frames_.is_memory(frame)) return std::nullopt;
  const bool agrees = vma.linear_offset(page).value() == frame.value();
  if (vma.pfn_map && (agrees || !is_cow(vma))) return std::nullopt;
  return frame;
}

// PageAnon of a page that is looked after.
bool AddressSpace::is_private_page(const Vma& vma, VirtualPage page, pte::Raw entry) const {
  const auto frame = normal_page(vma, page, entry);
  return frame && frames_.is_anonymous(*frame);
}

}  // namespace tessera::vm
