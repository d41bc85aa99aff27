#include "sw/vm/address_space.hpp"

namespace tessera::vm {

std::optional<FrameNumber> AddressSpace::allocate_private() {
  const auto frame = frames_.allocate_anonymous();
  if (frame) meter_.did(KernelWork::PageClear);
  return frame;
}

// A page of one's own is mapped dirty, and writable if the VMA is (linux-vm.md B2).
pte::Raw AddressSpace::private_entry(FrameNumber frame, const Vma& vma) const {
  return pte::make_present(format_, frame, vma.protection, true);
}

// anon_vma_prepare: a VMA's first private page gives it an identity; a neighbour it could merge
// with but for its rights lends its own (find_mergeable_anon_vma), so that they can merge later.
void AddressSpace::prepare_anon_identity(Vma& vma) {
  if (vma.anon_identity != 0) return;
  const auto lends = [](const Vma& left, const Vma& right, const Vma& lender) {
    VmaKind alike = right.kind();
    alike.protection = left.protection;
    return left.end == right.start && left.kind() == alike &&
           left.linear_offset(left.end) == right.offset && lender.anon_identity != 0 &&
           !lender.anon_inherited;
  };
  const Vma* next = vmas_.containing(vma.end);
  const Vma* prev = vmas_.before(vma.start);
  if (next != nullptr && lends(vma, *next, *next)) {
    vma.anon_identity = next->anon_identity;
  } else if (prev != nullptr && lends(*prev, vma, *prev)) {
    vma.anon_identity = prev->anon_identity;
  } else {
    vma.anon_identity = next_anon_identity_++;
  }
}

}  // namespace tessera::vm
