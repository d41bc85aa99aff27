#include <algorithm>

#include "sw/vm/address_space.hpp"
#include "sw/vm/rounding.hpp"

namespace tessera::vm {

namespace {

constexpr unsigned kProtSem = 8;  // accepted and ignored everywhere
constexpr unsigned kKnownProtection = kProtReadWrite | kProtExec | kProtSem;

}  // namespace

Errno AddressSpace::mprotect(EffectiveAddress start, std::uint64_t length_bytes,
                             unsigned protection) {
  meter_.did(KernelWork::SystemCall);
  if (!is_page_aligned(start)) return finished(Errno::Einval);
  if (kernel_.word(length_bytes) == 0) return finished(Errno::Ok);
  const std::uint64_t length = page_align(kernel_, length_bytes);
  const std::uint64_t end = kernel_.word(start.value() + length);
  if (end <= start.value()) return finished(Errno::Enomem);
  if ((protection & ~kKnownProtection) != 0) return finished(Errno::Einval);
  return finished(do_mprotect({page_of(start), page_at(end)}, protection_of(protection)));
}

Errno AddressSpace::do_mprotect(Range range, pte::Protection protection) {
  searched_vmas();
  auto vma = vmas_.find(range.start);
  if (vma == vmas_.end() || vma->second.start > range.start) return Errno::Enomem;
  bool changed = false;
  Errno error = Errno::Ok;
  for (VirtualPage start = range.start; error == Errno::Ok && start < range.end;) {
    if (vma == vmas_.end() || vma->second.start > start) {
      error = Errno::Enomem;
      break;
    }
    const Range part{start, std::min(vma->second.end, range.end)};
    error = protect_vma(part, vma, protection, changed);
    if (error != Errno::Ok) break;
    start = std::max(part.end, vma->second.end);
    ++vma;
  }
  if (changed && kernel_.protect.flushes_once_a_call) flush_pid(FlushCause::Protect);
  return error;
}

// mprotect_fixup: `vma` becomes the VMA that covers `range` afterwards.
Errno AddressSpace::protect_vma(Range range, VmaTree::iterator& vma, pte::Protection protection,
                                bool& changed) {
  VmaKind kind = vma->second.kind();
  if (protection.write && !kind.may_write) return Errno::Eacces;
  if (kind.protection == protection) return Errno::Ok;
  // Private memory that becomes writable is charged for, and stays so when it no longer is.
  const bool charged =
      kind.account || kind.protection.write || kind.shared || kind.noreserve || kind.hugetlb();
  if (protection.write && !charged) kind.account = true;
  const bool untouched = kind.file == nullptr && vma->second.anon_identity == 0;
  if (kernel_.protect.read_only_drops_account && !protection.write && untouched) {
    kind.account = false;
  }
  const bool becomes_writable = protection.write && !kind.protection.write;
  kind.protection = protection;
  const Errno error = change_kind(range, vma, kind);
  if (error != Errno::Ok) return error;
  if (change_entries(range, vma->second) || kernel_.protect.flushes_untouched) {
    changed = true;
    if (!kernel_.protect.flushes_once_a_call) flush_pid(FlushCause::Protect);
  }
  if (kernel_.populate.after_mprotect && kind.locked && !kind.shared && becomes_writable) {
    populate_vma(range, vma->second);
  }
  return Errno::Ok;
}

// change_protection: whether any entry was present. File PTEs carry no rights and stay.
bool AddressSpace::change_entries(Range range, const Vma& vma) {
  if (vma.hugetlb()) return change_huge_entries(range, vma);
  bool any = false;
  for (VirtualPage page = range.start; page < range.end;) {
    const VirtualPage span_end = std::min(table_.next_span(page), range.end);
    const auto slot = table_.find(page);
    if (!slot) {
      page = span_end;
      continue;
    }
    meter_.did(KernelWork::ProtectEntry, (span_end - page).value());
    for (RealAddress at = *slot; page < span_end; page += PageCount(1)) {
      const pte::Raw entry = table_.load(at);
      if (pte::is_present(format_, entry)) {
        table_.store(at, changed_entry(page, entry, vma));
        any = true;
      }
      at += table_.entry_bytes();
    }
  }
  return any;
}

// pte_modify: the frame and its state stay, the rights come from the VMA.
pte::Raw AddressSpace::changed_entry(VirtualPage page, pte::Raw entry, const Vma& vma) const {
  const bool dirty = pte::is_dirty(format_, entry);
  const pte::Raw changed = pte::with_protection(format_, entry, vma.protection);
  if (!vma.protection.write) return pte::without_write(format_, changed);
  if (vma.shared) {
    // A page whose first write must be noticed stays read-only until it is dirty.
    const bool notifies = notices_first_write(*vma.file);
    return notifies && !dirty ? pte::without_write(format_, changed) : changed;
  }
  const bool restores = kernel_.protect.restores_private_writes && dirty &&
                        is_own(vma, page, entry) &&
                        !is_in_swap_cache(pte::frame_of(format_, entry));
  return restores ? changed : pte::without_write(format_, changed);
}

}  // namespace tessera::vm
