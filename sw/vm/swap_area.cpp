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
  std::uint64_t slot = next_;
  if (!freed_.empty()) {
    slot = freed_.back();
    freed_.pop_back();
  } else if (next_ < slots_.value()) {
    ++next_;
  } else {
    return std::nullopt;
  }
  used_.emplace(slot, Slot{std::move(image), 1});
  return slot;
}

void SwapArea::release(std::uint64_t slot) {
  if (--used_.at(slot).users != 0) return;
  used_.erase(slot);
  freed_.push_back(slot);
}

}  // namespace tessera::vm
