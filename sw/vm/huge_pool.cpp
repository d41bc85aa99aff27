#include "sw/vm/huge_pool.hpp"

#include <stdexcept>

#include "sw/vm/huge_page.hpp"

namespace tessera::vm {

HugePool::HugePool(FrameNumber first, std::uint64_t count) : first_(first) {
  references_.resize(static_cast<std::size_t>(count));
  free_.reserve(references_.size());
  for (std::uint64_t index = count; index > 0; --index) free_.push_back(index - 1);
}

// hugetlb_acct_memory.
bool HugePool::reserve(std::uint64_t pages) {
  if (free() - reserved_ < pages) return false;
  reserved_ += pages;
  return true;
}

// dequeue_huge_page_vma.
std::optional<FrameNumber> HugePool::allocate(bool promised) {
  if (!promised && free() == reserved_) return std::nullopt;
  const std::uint64_t index = free_.back();
  free_.pop_back();
  if (promised) --reserved_;
  const FrameNumber page = first_ + PageCount(index * kHugePage.value());
  add_reference(page);
  return page;
}

void HugePool::release(FrameNumber page) {
  const std::size_t index = index_of(page);
  if (references_[index] == 0) throw std::logic_error("huge pool: released a free page");
  if (--references_[index] == 0) free_.push_back(index);
}

bool HugePool::has(FrameNumber page) const {
  if (page < first_) return false;
  const std::uint64_t frames = (page - first_).value();
  return frames % kHugePage.value() == 0 && frames / kHugePage.value() < total();
}

std::size_t HugePool::index_of(FrameNumber page) const {
  if (!has(page)) throw std::logic_error("huge pool: not one of its pages");
  return static_cast<std::size_t>((page - first_).value() / kHugePage.value());
}

}  // namespace tessera::vm
