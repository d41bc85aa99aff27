#include "sw/vm/hugepte_cache.hpp"

#include <algorithm>

namespace tessera::vm {

namespace {

constexpr std::uint64_t kObjectBytes = 64;  // HUGEPD_SHIFT_MASK + 1
constexpr std::uint64_t kFull = ~std::uint64_t{0};

unsigned lowest_clear_bit(std::uint64_t bits) {
  unsigned bit = 0;
  while ((bits >> bit & 1U) != 0) ++bit;
  return bit;
}

}  // namespace

HugepteCache::~HugepteCache() {
  for (const auto& [frame, used] : used_) frames_.release(FrameNumber(frame));
}

std::optional<RealAddress> HugepteCache::allocate() {
  auto slab = std::find_if(used_.begin(), used_.end(),
                           [](const auto& candidate) { return candidate.second != kFull; });
  if (slab == used_.end()) {
    const auto frame = frames_.allocate_low();
    if (!frame) return std::nullopt;
    hardware_.fill_frame(*frame, 0);
    slab = used_.emplace(frame->value(), 0).first;
  }
  const unsigned object = lowest_clear_bit(slab->second);
  slab->second |= std::uint64_t{1} << object;
  const RealAddress entry = address_of(FrameNumber(slab->first)) + Bytes(object * kObjectBytes);
  hardware_.store_word(entry, 0);
  hardware_.store_word(entry + Bytes(4), 0);
  return entry;
}

void HugepteCache::release(RealAddress entry) {
  const auto slab = used_.find(frame_of(entry).value());
  const std::uint64_t object = entry.value() % kPageBytes.value() / kObjectBytes;
  slab->second &= ~(std::uint64_t{1} << object);
  if (slab->second != 0) return;
  frames_.release(FrameNumber(slab->first));
  used_.erase(slab);
}

}  // namespace tessera::vm
