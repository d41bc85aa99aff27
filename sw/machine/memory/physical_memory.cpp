#include "sw/machine/memory/physical_memory.hpp"

#include <algorithm>

namespace tessera::machine {
namespace {

std::size_t word_in_frame(RealAddress ra) {
  return (ra.value() & (kPageBytes.value() - 1)) / sizeof(std::uint32_t);
}

}  // namespace

PhysicalMemory::PhysicalMemory(PageCount frames) : frames_(frames.value()) {}

std::uint32_t PhysicalMemory::read(RealAddress ra) const {
  const auto& frame = frames_.at(frame_of(ra).value());
  const std::size_t word = word_in_frame(ra);
  if (!frame || !(*frame)[word / kBlockWords]) {
    return 0;
  }
  return (*(*frame)[word / kBlockWords])[word % kBlockWords];
}

std::array<std::uint32_t, 1024> PhysicalMemory::read(FrameNumber frame) const {
  std::array<std::uint32_t, kBlockWords * kBlocksInFrame> words{};
  const auto& blocks = frames_.at(frame.value());
  for (std::size_t i = 0; blocks && i < kBlocksInFrame; ++i) {
    const auto& block = (*blocks)[i];
    if (block) {
      std::copy(block->begin(), block->end(), words.begin() + i * kBlockWords);
    }
  }
  return words;
}

void PhysicalMemory::write(RealAddress ra, std::uint32_t value) {
  auto& frame = frames_.at(frame_of(ra).value());
  const std::size_t word = word_in_frame(ra);
  if (!frame) {
    frame = std::make_unique<Frame>();
  }
  auto& block = (*frame)[word / kBlockWords];
  if (!block) {
    block = std::make_unique<Block>();
  }
  (*block)[word % kBlockWords] = value;
}

void PhysicalMemory::clear(FrameNumber frame) { frames_.at(frame.value()).reset(); }

}  // namespace tessera::machine
