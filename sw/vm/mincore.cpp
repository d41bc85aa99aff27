#include <algorithm>

#include "sw/vm/address_space.hpp"
#include "sw/vm/rounding.hpp"

namespace tessera::vm {

MincoreResult AddressSpace::mincore(EffectiveAddress start, std::uint64_t length_bytes) {
  meter_.did(KernelWork::SystemCall);
  MincoreResult result;
  if (!is_page_aligned(start)) {
    result.error = Errno::Einval;
  } else if (kernel_.word(length_bytes) > kernel_.task_size.value() - start.value()) {
    result.error = Errno::Enomem;  // access_ok
  } else {
    const std::uint64_t end = start.value() + kernel_.word(length_bytes) + ~kPageMask;
    result = do_mincore({page_of(start), page_at(end)});
  }
  finished(result.error);
  return result;
}

MincoreResult AddressSpace::do_mincore(Range range) {
  MincoreResult result;
  searched_vmas();
  auto vma = vmas_.find(range.start);
  result.resident.reserve((range.end - range.start).value());
  for (VirtualPage page = range.start; page < range.end; page += PageCount(1)) {
    if (vma != vmas_.end() && vma->second.end <= page) ++vma;
    if (vma == vmas_.end() || !vma->second.contains(page)) return {Errno::Enomem, {}};
    result.resident.push_back(is_resident(page, vma->second));
  }
  return result;
}

// mincore_pte_range: what is not mapped is looked up in the page cache (linux-vm.md C).
bool AddressSpace::is_resident(VirtualPage page, const Vma& vma) {
  const auto slot = table_.find(page);
  const pte::Raw entry = slot ? table_.load(*slot) : 0;
  if (pte::is_present(format_, entry)) return true;
  const bool is_none = pte::is_none(format_, entry);
  if (!is_none && pte::is_swap(format_, entry)) {
    return swap_ != nullptr && swap_->cached(pte::pte_to_slot(format_, entry)).has_value();
  }
  if (vma.file == nullptr) return false;
  const bool remembers = !is_none && pte::is_file(format_, entry);
  return vma.file->is_cached(remembers ? pte::pte_to_pgoff(format_, entry)
                                       : vma.linear_offset(page));
}

}  // namespace tessera::vm
