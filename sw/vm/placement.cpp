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
  if (length > kernel_.task_size.value()) return failed(Errno::Enomem);
  const bool noreplace =
      (request.flags & kMapFixedNoreplace) != 0 && kernel_.mmap.knows_fixed_noreplace;
  if ((request.flags & kMapFixed) != 0 || noreplace) {
    return find_fixed_place(request.address, length, noreplace);
  }
  const std::uint64_t hint = page_floor(request.address.value());
  if (hint != 0 && is_free(hint, length)) return at(hint);
  return first_fit(length);
}

// The caller's own place; `noreplace`: only if nothing is there.
MmapResult AddressSpace::find_fixed_place(EffectiveAddress address, std::uint64_t length,
                                          bool noreplace) const {
  const std::uint64_t wanted = address.value();
  const std::uint64_t task_size = kernel_.task_size.value();
  if (length > task_size || wanted > task_size - length) return failed(Errno::Enomem);
  if (!is_page_aligned(address)) return failed(Errno::Einval);
  if (noreplace && !is_free(wanted, length)) return failed(Errno::Eexist);
  return {Errno::Ok, address};
}

bool AddressSpace::is_free(std::uint64_t start, std::uint64_t length) const {
  if (start + length > kernel_.task_size.value()) return false;
  return vmas_.free_space().is_free(page_at(start), page_at(start + length));
}

// Bottom-up (ppc32 has no layout of its own): the lowest gap from TASK_UNMAPPED_BASE on.
MmapResult AddressSpace::first_fit(std::uint64_t length) const {
  const auto page =
      vmas_.free_space().first_fit(page_of(kernel_.unmapped_base), PageCount(length >> kPageShift));
  if (!page || bytes_before(*page) + length > kernel_.task_size.value()) {
    return failed(Errno::Enomem);
  }
  return at(bytes_before(*page));
}

}  // namespace tessera::vm
