#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "model/types/units.hpp"

namespace tessera {
class Archive;
}

namespace tessera::machine {

/// The contents of RAM, word by word. Memory that was never written reads as zero and takes no
/// host memory: 256 bytes are set aside at the first write to them.
class PhysicalMemory {
 public:
  /// RAM from real address 0 on.
  explicit PhysicalMemory(PageCount frames);

  PageCount frames() const { return PageCount(frames_.size()); }

  bool contains(RealAddress ra) const { return frame_of(ra).value() < frames_.size(); }

  /// The aligned 32-bit word at `ra`. Throws std::out_of_range beyond RAM: a frame that does not
  /// exist was mapped, which no user input can cause.
  std::uint32_t read(RealAddress ra) const;

  /// All words of a frame, likewise.
  std::array<std::uint32_t, 1024> read(FrameNumber frame) const;

  void write(RealAddress ra, std::uint32_t word);

  /// Makes a frame all zero.
  void clear(FrameNumber frame);

  /// What changes during a run (decision 13).
  void state(Archive& archive);

 private:
  static constexpr std::size_t kBlockWords = 64;
  static constexpr std::size_t kBlocksInFrame = 16;
  using Block = std::array<std::uint32_t, kBlockWords>;
  using Frame = std::array<std::unique_ptr<Block>, kBlocksInFrame>;

  std::vector<std::unique_ptr<Frame>> frames_;
};

}  // namespace tessera::machine
