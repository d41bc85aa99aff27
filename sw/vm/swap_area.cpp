#include "sw/vm/swap_area.hpp"

#include <utility>

namespace tessera::vm {

namespace {

constexpr std::uint64_t kImageWordBytes = 4;
constexpr std::uint64_t kWordsInPage = kPageBytes.value() / kImageWordBytes;

}  // namespace

PageImage image_of(const Hardware& hardware, FrameNumber frame) {
  PageImage image(kWordsInPage);
  for (std::uint64_t i = 0; i < kWordsInPage; ++i) {
    image[i] = hardware.peek_word(address_of(frame) + Bytes(i * kImageWordBytes));
  }
  while (!image.empty() && image.back() == 0) image.pop_back();
  return image;
}

void restore(Hardware& hardware, FrameNumber frame, const PageImage& image) {
  hardware.fill_frame(frame, image.empty() ? 0 : image.front());
  for (std::uint64_t i = 1; i < image.size(); ++i) {
    if (image[i] == 0) continue;
    hardware.store_word(address_of(frame) + Bytes(i * kImageWordBytes), image[i]);
  }
}

std::optional<std::uint64_t> SwapArea::store(PageImage image) {
  return take({.image = std::move(image), .users = 1, .frame = std::nullopt, .dirty = false});
}

std::optional<std::uint64_t> SwapArea::add(FrameNumber frame) {
  const auto slot = take({.image = {}, .users = 0, .frame = frame, .dirty = true});
  if (slot) cache_.emplace(frame.value(), *slot);
  return slot;
}

std::optional<std::uint64_t> SwapArea::take(Slot contents) {
  std::uint64_t slot = next_;
  if (!freed_.empty()) {
    slot = freed_.back();
    freed_.pop_back();
  } else if (next_ < slots_.value()) {
    ++next_;
  } else {
    return std::nullopt;
  }
  used_.emplace(slot, std::move(contents));
  return slot;
}

void SwapArea::enter(std::uint64_t slot, FrameNumber frame) {
  used_.at(slot).frame = frame;
  cache_.emplace(frame.value(), slot);
}

void SwapArea::write(std::uint64_t slot, PageImage image) {
  Slot& written = used_.at(slot);
  written.image = std::move(image);
  written.dirty = false;
}

void SwapArea::leave(std::uint64_t slot) {
  Slot& left = used_.at(slot);
  cache_.erase(left.frame.value().value());
  left.frame.reset();
  free_unused(slot);
}

std::optional<std::uint64_t> SwapArea::slot_of(FrameNumber frame) const {
  const auto found = cache_.find(frame.value());
  if (found == cache_.end()) return std::nullopt;
  return found->second;
}

void SwapArea::release(std::uint64_t slot) {
  --used_.at(slot).users;
  free_unused(slot);
}

void SwapArea::free_unused(std::uint64_t slot) {
  const Slot& unused = used_.at(slot);
  if (unused.users != 0 || unused.frame) return;
  used_.erase(slot);
  freed_.push_back(slot);
}

}  // namespace tessera::vm
