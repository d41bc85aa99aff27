#include <utility>

#include "sw/vm/address_space.hpp"
#include "sw/vm/huge_page.hpp"
#include "sw/vm/rounding.hpp"

namespace tessera::vm {

namespace {

bool may_read(OpenMode mode) { return mode != OpenMode::WriteOnly; }
bool may_write(OpenMode mode) { return mode != OpenMode::ReadOnly; }

// What MAP_SHARED_VALIDATE lets through (Linux LEGACY_MAP_MASK): not MAP_FIXED_NOREPLACE.
constexpr unsigned kKnownFlags =
    kMapType | kMapFixed | kMapAnonymous | kMapNoreserve | kMapLocked | kMapPopulate | kMapNonblock;

bool is_shared(unsigned flags) {
  const unsigned type = flags & kMapType;
  return type == kMapShared || type == kMapSharedValidate;
}

// linux-vm.md D1 rows 14-21, from the map type on; map type 3 is known to newer kernels, for
// files only.
Errno check_rights(const MmapRequest& request, const MmapRules& rules) {
  const unsigned type = request.flags & kMapType;
  const bool anonymous = has(request.flags, kMapAnonymous);
  const bool validate = type == kMapSharedValidate && rules.knows_shared_validate && !anonymous;
  if (validate && (request.flags & ~kKnownFlags) != 0) return Errno::Eopnotsupp;
  if (type != kMapShared && type != kMapPrivate && !validate) return Errno::Einval;
  if (anonymous) return Errno::Ok;
  if (type != kMapPrivate && has(request.protection, kProtWrite) && !may_write(request.mode)) {
    return Errno::Eacces;
  }
  return may_read(request.mode) ? Errno::Ok : Errno::Eacces;
}

}  // namespace

MmapResult AddressSpace::mmap(const MmapRequest& request) {
  meter_.did(KernelWork::SystemCall);
  const MmapResult result = map_and_populate(request);
  finished(result.error);
  return result;
}

// linux-vm.md D4: errors of the populating are ignored.
MmapResult AddressSpace::map_and_populate(const MmapRequest& request) {
  Vma vma;
  const MmapResult result = do_mmap(request, vma);
  if (!result.ok() || vma.pages() == PageCount(0)) return result;
  if (has(request.flags, kMapPopulate) && kernel_.populate.by_remapping) {
    if (vma.locked) populate_mapping({vma.start, vma.end}, true);
    populate_by_remapping(request, vma);
    return result;
  }
  const bool asked = has(request.flags, kMapPopulate) && !has(request.flags, kMapNonblock);
  if (vma.locked || asked) populate_mapping({vma.start, vma.end}, vma.locked);
  return result;
}

MmapResult AddressSpace::do_mmap(const MmapRequest& request, Vma& vma) {
  if (request.offset_remainder != 0) return failed(Errno::Einval);
  const bool bad_fd = request.file == nullptr && request.huge_file == nullptr;
  if (!has(request.flags, kMapAnonymous) && bad_fd) return failed(Errno::Ebadf);
  const bool huge = wants_hugetlb(request);
  const Errno hugetlb = huge ? check_hugetlb(request) : Errno::Ok;
  if (hugetlb != Errno::Ok) return failed(hugetlb);
  const std::uint64_t asked =
      huge ? huge_align(kernel_, request.length_bytes) : kernel_.word(request.length_bytes);
  if (asked == 0) {
    if (!kernel_.mmap.empty_succeeds) return failed(Errno::Einval);
    return {Errno::Ok, request.address};
  }
  const std::uint64_t length = page_align(kernel_, asked);
  const std::uint64_t pgoff = kernel_.word(request.page_offset);
  const Errno size = check_length(length, pgoff);
  if (size != Errno::Ok) return failed(size);
  if (vmas_.size() > kernel_.max_map_count) return failed(Errno::Enomem);

  const MmapResult place = huge ? find_huge_place(request, length) : find_place(request, length);
  if (!place.ok()) return place;
  const std::uint64_t end_offset = pgoff + (length >> kPageShift);
  const std::uint64_t largest = kernel_.mmap.largest_file_page.value_or(end_offset);
  if (!has(request.flags, kMapAnonymous) && end_offset > largest) return failed(Errno::Eoverflow);
  const Errno rights = check_rights(request, kernel_.mmap);
  if (rights != Errno::Ok) return failed(rights);

  meter_.did(KernelWork::MmapBase);
  vma = describe(request, page_of(place.address), PageCount(length >> kPageShift));
  const Errno error = huge ? map_huge_region(vma) : map_region(vma);
  if (error != Errno::Ok) return failed(error);
  const Errno driver = map_frames(vma);
  return driver == Errno::Ok ? place : failed(driver);
}

// Whether a length rounded up to pages, and the offsets behind it, can be at all.
Errno AddressSpace::check_length(std::uint64_t length, std::uint64_t pgoff) const {
  const bool wraps = kernel_.word(pgoff + (length >> kPageShift)) < pgoff;
  if (kernel_.mmap.overflow_is_invalid) {
    const bool fits = length != 0 && length <= kernel_.task_size.value() && !wraps;
    return fits ? Errno::Ok : Errno::Einval;
  }
  if (length == 0) return Errno::Enomem;
  return wraps ? Errno::Eoverflow : Errno::Ok;
}

Vma AddressSpace::describe(const MmapRequest& request, VirtualPage start, PageCount pages) const {
  const bool shared = is_shared(request.flags);
  Vma vma;
  vma.start = start;
  vma.end = start + pages;
  vma.protection = protection_of(request.protection);
  vma.may_share = shared;
  vma.shared = shared;
  vma.noreserve = has(request.flags, kMapNoreserve);
  vma.locked = has(request.flags, kMapLocked) || lock_future_;
  if (!has(request.flags, kMapAnonymous)) {
    // A read-only descriptor keeps VM_MAYSHARE but loses VM_SHARED (linux-vm.md A4).
    vma.shared = shared && may_write(request.mode);
    vma.may_write = !shared || may_write(request.mode);
    vma.file = request.huge_file ? nullptr : request.file;
    vma.huge = request.huge_file;
    vma.description = request.description;
    vma.offset = PageOffset(kernel_.word(request.page_offset));
  } else if (!shared) {
    vma.offset = PageOffset(start.value());
  }
  return vma;
}

// mmap_region: everything the range held goes first.
Errno AddressSpace::clear_place(Range range) {
  searched_vmas();
  const auto above = vmas_.find(range.start);
  if (above == vmas_.end() || range.end <= above->second.start) return Errno::Ok;
  const std::uint64_t length = bytes_of(range.end - range.start).value();
  if (do_munmap(bytes_before(range.start), length) != Errno::Ok) return Errno::Enomem;
  searched_vmas();
  return Errno::Ok;
}

// mmap_region, the rest: a neighbour may take it over.
Errno AddressSpace::map_region(Vma vma) {
  const Errno cleared = clear_place({vma.start, vma.end});
  if (cleared != Errno::Ok) return cleared;
  // Linux accountable_mapping: private memory that may be written is charged for.
  vma.account = vma.protection.write && !vma.shared && !vma.noreserve;
  if (vma.shared && vma.file == nullptr) attach_shared_anonymous(vma);
  set_nodes_aside();
  const VmaTree::Merged merged = vmas_.merge(vma, kernel_.mmap_merge);
  if (!merged.done) {
    vmas_.insert(vma);
    meter_.did(KernelWork::VmaInsert);
  } else {
    meter_.did(KernelWork::VmaAdjust);
    meter_.did(KernelWork::VmaRemove, merged.removed);
  }
  note_vma_count();
  return Errno::Ok;
}

// shmem_zero_setup: a file of its own for each mapping, gone with the last VMA that maps it.
void AddressSpace::attach_shared_anonymous(Vma& vma) {
  auto file = std::make_shared<File>("dev/zero", vma.pages(), zero_word, frames_, hardware_);
  if (swap_ != nullptr) file->use_swap(*swap_);
  vma.file = file.get();
  shared_anonymous_.emplace(vma.file, std::move(file));
}

}  // namespace tessera::vm
