#include "sw/vm/file.hpp"

#include <stdexcept>
#include <utility>

namespace tessera::vm {

std::uint32_t page_index_word(PageOffset offset) {
  return static_cast<std::uint32_t>(offset.value());
}

std::uint32_t zero_word(PageOffset /*offset*/) { return 0; }

File::File(std::string name, PageCount size, FirstWordRule rule, FrameAllocator& frames,
           Hardware& hardware)
    : name_(std::move(name)), size_(size), rule_(rule), frames_(frames), hardware_(hardware) {}

File::~File() {
  for (const auto& [offset, frame] : pages_) frames_.release(frame);
}

std::optional<FrameNumber> File::page(PageOffset offset, bool& fresh) {
  if (!contains(offset)) throw std::logic_error("file: page behind the end of " + name_);
  const auto found = pages_.find(offset.value());
  fresh = false;
  if (found != pages_.end()) return found->second;
  const auto frame = frames_.allocate_user();
  if (!frame) return std::nullopt;
  hardware_.fill_frame(*frame, rule_(offset));
  pages_.emplace(offset.value(), *frame);
  page_of_.emplace(frame->value(), offset);
  fresh = is_hole();
  return frame;
}

std::optional<FrameNumber> File::cached(PageOffset offset) const {
  const auto found = pages_.find(offset.value());
  if (found == pages_.end()) return std::nullopt;
  return found->second;
}

std::optional<PageOffset> File::index_of(FrameNumber frame) const {
  const auto found = page_of_.find(frame.value());
  if (found == page_of_.end()) return std::nullopt;
  return found->second;
}

}  // namespace tessera::vm
