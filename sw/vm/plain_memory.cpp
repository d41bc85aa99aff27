#include "sw/vm/plain_memory.hpp"

#include <stdexcept>

namespace tessera::vm {

namespace {

// Where in its frame a word is.
std::size_t word_index(RealAddress ra) {
  const std::uint64_t byte = ra.value() % kPageBytes.value();
  if (byte % sizeof(std::uint32_t) != 0) throw std::logic_error("plain memory: unaligned word");
  return byte / sizeof(std::uint32_t);
}

}  // namespace

void PlainMemory::flush_page(EffectiveAddress /*ea*/, Pid /*pid*/, FlushCause /*cause*/) {
  ++page_flushes_;
}

void PlainMemory::flush_pid(Pid /*pid*/, FlushCause /*cause*/) { ++pid_flushes_; }

void PlainMemory::store_word(RealAddress ra, std::uint32_t word) {
  Words& words = frames_[frame_of(ra).value()];
  const std::size_t index = word_index(ra);
  if (index >= words.size()) words.resize(index + 1);
  words[index] = word;
}

std::uint32_t PlainMemory::peek_word(RealAddress ra) const {
  const auto frame = frames_.find(frame_of(ra).value());
  const std::size_t index = word_index(ra);
  if (frame == frames_.end() || index >= frame->second.size()) return 0;
  return frame->second[index];
}

void PlainMemory::fill_frame(FrameNumber frame, std::uint32_t first_word) {
  frames_[frame.value()] = {first_word};
}

void PlainMemory::copy_frame(FrameNumber from, FrameNumber to) {
  frames_[to.value()] = Words(frames_[from.value()]);
}

}  // namespace tessera::vm
