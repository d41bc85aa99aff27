#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "model/types/units.hpp"
#include "sw/vm/hardware.hpp"

namespace tessera::vm {

/// The contents of a page that is not in memory: its words as far as they are not zero.
using PageImage = std::vector<std::uint32_t>;

/// Reads a frame without taking time: a device does that by itself.
PageImage image_of(const Hardware& hardware, FrameNumber frame);

/// Writes a frame; each word that is not zero costs the time of a store.
void restore(Hardware& hardware, FrameNumber frame, const PageImage& image);

/// A swap device: private pages in numbered slots. A slot is shared after fork, as a page is.
class SwapArea {
 public:
  /// `slots` pages; number 0 is never used (Linux keeps its header there).
  explicit SwapArea(PageCount slots) : slots_(slots) {}

  /// Stores a page; none if the device is full.
  std::optional<std::uint64_t> store(PageImage image);

  /// What a slot holds. Throws std::out_of_range if it is not in use.
  const PageImage& image(std::uint64_t slot) const { return used_.at(slot).image; }

  /// Linux swap_duplicate and swap_free: one user more, one less.
  void duplicate(std::uint64_t slot) { ++used_.at(slot).users; }
  void release(std::uint64_t slot);

  /// Slots in use.
  PageCount used() const { return PageCount(used_.size()); }

 private:
  struct Slot {
    PageImage image;
    unsigned users = 1;
  };

  PageCount slots_;
  std::uint64_t next_ = 1;
  std::vector<std::uint64_t> freed_;
  std::unordered_map<std::uint64_t, Slot> used_;
};

}  // namespace tessera::vm
