#include <algorithm>

#include "sw/vm/address_space.hpp"
#include "sw/vm/rounding.hpp"

namespace tessera::vm {

namespace {

MmapResult failed(Errno error) { return {error, EffectiveAddress(0)}; }

bool has(unsigned flags, unsigned flag) { return (flags & flag) != 0; }

bool may_read(OpenMode mode) { return mode != OpenMode::WriteOnly; }
bool may_write(OpenMode mode) { return mode != OpenMode::ReadOnly; }

// linux-vm.md D1, "3.6 order", from SHARED on.
Errno check_rights(const MmapRequest& request) {
  const unsigned type = request.flags & kMapType;
  const bool anonymous = has(request.flags, kMapAnonymous);
  if (type != kMapShared && type != kMapPrivate) return Errno::Einval;
  if (anonymous) return Errno::Ok;
  if (type == kMapShared && has(request.protection, kProtWrite) && !may_write(request.mode)) {
    return Errno::Eacces;
  }
  return may_read(request.mode) ? Errno::Ok : Errno::Eacces;
}

pte::Protection protection_of(unsigned bits) {
  return {has(bits, kProtRead), has(bits, kProtWrite), has(bits, kProtExec)};
}

}  // namespace

MmapResult AddressSpace::mmap(const MmapRequest& request) {
  ++meter_.counters().mapping_calls;
  meter_.did(KernelWork::SystemCall);
  const MmapResult result = do_mmap(request);
  if (!result.ok()) ++meter_.counters().mapping_calls_failed;
  return result;
}

MmapResult AddressSpace::do_mmap(const MmapRequest& request) {
  if (!has(request.flags, kMapAnonymous) && request.file == nullptr) return failed(Errno::Ebadf);
  if (as_word(request.length_bytes) == 0) return failed(Errno::Einval);
  const std::uint32_t length = page_ceiling(as_word(request.length_bytes));
  if (length == 0) return failed(Errno::Enomem);
  const std::uint32_t pgoff = as_word(request.page_offset);
  if (as_word(pgoff + (length >> kPageShift)) < pgoff) return failed(Errno::Eoverflow);
  if (vmas_.size() > kernel_.max_map_count) return failed(Errno::Enomem);

  const MmapResult place = find_place(request, length);
  if (!place.ok()) return place;
  const Errno rights = check_rights(request);
  if (rights != Errno::Ok) return failed(rights);

  meter_.did(KernelWork::MmapBase);
  const Vma vma = describe(request, page_of(place.address), PageCount(length >> kPageShift));
  const Errno mapped = map_region(vma);
  if (mapped != Errno::Ok) return failed(mapped);
  if (has(request.flags, kMapPopulate) && !has(request.flags, kMapNonblock)) {
    prefault(vma.start, vma.end);
  }
  return place;
}

// get_unmapped_area (linux-vm.md D1 row 9, D5): the address itself is checked last.
MmapResult AddressSpace::find_place(const MmapRequest& request, std::uint32_t length) const {
  const std::uint32_t task_size = kernel_.task_size.value();
  if (length > task_size) return failed(Errno::Enomem);
  const std::uint32_t wanted = request.address.value();
  if (has(request.flags, kMapFixed)) {
    if (wanted > task_size - length) return failed(Errno::Enomem);
    if (wanted != page_floor(wanted)) return failed(Errno::Einval);
    return {Errno::Ok, request.address};
  }
  const std::uint32_t hint = page_floor(wanted);
  if (hint != 0 && is_free(hint, length)) return {Errno::Ok, EffectiveAddress(hint)};
  return first_fit(length);
}

bool AddressSpace::is_free(std::uint64_t start, std::uint64_t length) const {
  if (start + length > kernel_.task_size.value()) return false;
  const auto above = vmas_.find(VirtualPage(as_word(start >> kPageShift)));
  return above == vmas_.end() || start + length <= address_of(above->second.start).value();
}

// Bottom-up (ppc32 has no layout of its own): the lowest gap from TASK_UNMAPPED_BASE on. The
// kernel finds it with the rb tree's gap augmentation; walking finds the same one.
MmapResult AddressSpace::first_fit(std::uint32_t length) const {
  std::uint64_t start = kernel_.unmapped_base.value();
  auto vma = vmas_.find(page_of(kernel_.unmapped_base));
  for (; vma != vmas_.end() && !is_free(start, length); ++vma) {
    start = std::max<std::uint64_t>(start, std::uint64_t{vma->second.end.value()} << kPageShift);
  }
  if (!is_free(start, length)) return failed(Errno::Enomem);
  return {Errno::Ok, EffectiveAddress(as_word(start))};
}

Vma AddressSpace::describe(const MmapRequest& request, VirtualPage start, PageCount pages) {
  const bool shared = (request.flags & kMapType) == kMapShared;
  Vma vma;
  vma.start = start;
  vma.end = start + pages;
  vma.protection = protection_of(request.protection);
  vma.may_share = shared;
  if (!has(request.flags, kMapAnonymous)) {
    // A read-only descriptor keeps VM_MAYSHARE but loses VM_SHARED (linux-vm.md A4).
    vma.shared = shared && may_write(request.mode);
    vma.file = request.file;
    vma.offset = PageOffset(as_word(request.page_offset));
  } else if (shared) {
    shared_anonymous_.push_back(
        std::make_unique<File>("dev/zero", pages, zero_word, frames_, hardware_));
    vma.shared = true;
    vma.file = shared_anonymous_.back().get();
  } else {
    vma.offset = PageOffset(start.value());
  }
  return vma;
}

Errno AddressSpace::map_region(const Vma& vma) {
  searched_vmas();
  const auto above = vmas_.find(vma.start);
  if (above != vmas_.end() && above->second.start < vma.end) {
    const Errno unmapped =
        do_munmap(address_of(vma.start).value(), as_word(bytes_of(vma.pages()).value()));
    if (unmapped != Errno::Ok) return Errno::Enomem;
    searched_vmas();
  }
  const unsigned merged = vmas_.merge(vma);
  if (merged == 0) {
    vmas_.insert(vma);
    meter_.did(KernelWork::VmaInsert);
  } else {
    meter_.did(KernelWork::VmaAdjust);
    if (merged == 2) meter_.did(KernelWork::VmaRemove);
  }
  note_vma_count();
  return Errno::Ok;
}

}  // namespace tessera::vm
