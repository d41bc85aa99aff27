#include "sw/vm/frame_allocator.hpp"

#include <algorithm>
#include <stdexcept>

#include "sw/vm/huge_page.hpp"

namespace tessera::vm {

namespace {

// set_max_huge_pages: as many as there are, up to what is asked for.
HugePool set_aside(FrameNumber first, FrameNumber end, std::uint64_t wanted) {
  const std::uint64_t size = kHugePage.value();
  const std::uint64_t lowest = (first.value() + 2 * size - 1) / size;  // the first that may go
  const std::uint64_t highest = end.value() / size;
  const std::uint64_t count = highest > lowest ? std::min(wanted, highest - lowest) : 0;
  return {FrameNumber((highest - count) * size), count};
}

}  // namespace

FrameAllocator::FrameAllocator(FrameNumber first, FrameNumber low_end, FrameNumber end,
                               std::uint64_t nr_hugepages)
    : first_(first.value()), end_(end.value()), huge_pool_(set_aside(first, end, nr_hugepages)) {
  if (first >= low_end || low_end > end) {
    throw std::invalid_argument("frame allocator: zones must be first < low_end <= end");
  }
  low_.next = first.value();
  low_.end = low_end.value();
  high_.next = low_end.value();
  high_.end = end.value();
  is_owned_.resize(static_cast<std::size_t>(end.value() - first_));
  is_anonymous_.resize(is_owned_.size());
  give_to_huge_pool();
  zero_page_ = *allocate_low();
}

// The zones end where the huge pages begin; what is left behind the last of them is lost.
void FrameAllocator::give_to_huge_pool() {
  if (huge_pool_.total() == 0) return;
  const std::uint64_t begin = huge_pool_.first().value();
  low_.end = std::min(low_.end, begin);
  high_.end = std::min(high_.end, begin);
  high_.next = std::min(high_.next, begin);
  for (std::uint64_t i = 0; i < huge_pool_.total() * kHugePage.value(); ++i) own(begin + i);
}

std::optional<FrameNumber> FrameAllocator::allocate_low() { return take(low_); }

std::optional<FrameNumber> FrameAllocator::allocate_user() {
  const auto frame = take(high_);
  return frame ? frame : take(low_);
}

std::optional<FrameNumber> FrameAllocator::allocate_anonymous() {
  const auto frame = allocate_user();
  if (frame) is_anonymous_[slot(frame->value())] = true;
  return frame;
}

bool FrameAllocator::is_anonymous(FrameNumber frame) const {
  return is_owned(frame) && is_anonymous_[slot(frame.value())];
}

void FrameAllocator::disown(FrameNumber frame, unsigned references) {
  is_anonymous_[slot(frame.value())] = true;
  if (references > 1) extra_references_[frame.value()] = references - 1;
}

void FrameAllocator::add_reference(FrameNumber frame) {
  if (!is_anonymous(frame)) throw std::logic_error("frame allocator: not a private frame");
  ++extra_references_[frame.value()];
}

unsigned FrameAllocator::references(FrameNumber frame) const {
  const auto shared = extra_references_.find(frame.value());
  return shared == extra_references_.end() ? 1 : 1 + shared->second;
}

std::optional<FrameNumber> FrameAllocator::allocate_low_block(unsigned count) {
  const std::uint64_t start = (low_.next + count - 1) / count * count;
  if (start + count > low_.end) return std::nullopt;
  for (; low_.next < start; ++low_.next) low_.freed.push_back(low_.next);
  for (; low_.next < start + count; ++low_.next) own(low_.next);
  return FrameNumber(start);
}

void FrameAllocator::release(FrameNumber frame) {
  if (!is_owned(frame) || frame == zero_page_) {
    throw std::logic_error("frame allocator: released a frame that nobody owns");
  }
  const auto shared = extra_references_.find(frame.value());
  if (shared != extra_references_.end()) {
    if (--shared->second == 0) extra_references_.erase(shared);
    return;
  }
  is_owned_[slot(frame.value())] = false;
  is_anonymous_[slot(frame.value())] = false;
  --owned_;
  Pool& pool = frame.value() < low_.end ? low_ : high_;
  pool.freed.push_back(frame.value());
}

void FrameAllocator::remove_shrinkable(const Shrinkable& cache) {
  shrinkables_.erase(std::find(shrinkables_.begin(), shrinkables_.end(), &cache));
}

void FrameAllocator::make_room() {
  while (is_short() && shrink_one()) {
  }
}

bool FrameAllocator::shrink_one() {
  for (std::size_t tries = 0; tries < shrinkables_.size(); ++tries) {
    next_shrinkable_ = (next_shrinkable_ + 1) % shrinkables_.size();
    if (shrinkables_[next_shrinkable_]->shrink()) return true;
  }
  return false;
}

bool FrameAllocator::is_owned(FrameNumber frame) const {
  return frame.value() >= first_ && frame.value() < end_ && is_owned_[slot(frame.value())];
}

std::optional<FrameNumber> FrameAllocator::take(Pool& pool) {
  std::uint64_t frame = 0;
  if (!pool.freed.empty()) {
    frame = pool.freed.back();
    pool.freed.pop_back();
  } else if (pool.next < pool.end) {
    frame = pool.next++;
  } else {
    return std::nullopt;
  }
  own(frame);
  return FrameNumber(frame);
}

void FrameAllocator::own(std::uint64_t frame) {
  is_owned_[slot(frame)] = true;
  ++owned_;
}

}  // namespace tessera::vm
