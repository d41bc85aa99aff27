#include <algorithm>

#include "sw/vm/address_space.hpp"
#include "sw/vm/rounding.hpp"

namespace tessera::vm {

namespace {

MmapResult at(std::uint64_t address) {
  return {Errno::Ok, EffectiveAddress(static_cast<std::uint32_t>(address))};
}

}  // namespace

// get_unmapped_area (linux-vm.md D1 rows 9-10, D5): the address itself is checked last.
MmapResult AddressSpace::find_place(const MmapRequest& request, std::uint64_t length) const {
  const std::uint32_t task_size = kernel_.task_size.value();
  if (length > task_size) return failed(Errno::Enomem);
  const std::uint64_t wanted = request.address.value();
  const bool noreplace =
      (request.flags & kMapFixedNoreplace) != 0 && kernel_.mmap.knows_fixed_noreplace;
  if ((request.flags & kMapFixed) != 0 || noreplace) {
    if (wanted > task_size - length) return failed(Errno::Enomem);
    if (wanted != page_floor(wanted)) return failed(Errno::Einval);
    if (noreplace && !is_free(wanted, length)) return failed(Errno::Eexist);
    return at(wanted);
  }
  const std::uint64_t hint = page_floor(wanted);
  if (hint != 0 && is_free(hint, length)) return at(hint);
  return first_fit(length);
}

bool AddressSpace::is_free(std::uint64_t start, std::uint64_t length) const {
  if (start + length > kernel_.task_size.value()) return false;
  const auto above = vmas_.find(page_at(start));
  return above == vmas_.end() || start + length <= bytes_before(above->second.start);
}

// Bottom-up (ppc32 has no layout of its own): the lowest gap from TASK_UNMAPPED_BASE on. The
// kernel finds it with the rb tree's gap augmentation; walking finds the same one.
MmapResult AddressSpace::first_fit(std::uint64_t length) const {
  std::uint64_t start = kernel_.unmapped_base.value();
  auto vma = vmas_.find(page_of(kernel_.unmapped_base));
  for (; vma != vmas_.end() && !is_free(start, length); ++vma) {
    start = std::max(start, bytes_before(vma->second.end));
  }
  if (!is_free(start, length)) return failed(Errno::Enomem);
  return at(start);
}

}  // namespace tessera::vm
