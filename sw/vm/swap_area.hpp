#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <utility>
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

/// A swap device with its swap cache. A slot is in use while it has users (swap PTEs, entries in a
/// shmem file's tree) or while a frame in memory belongs to it; who holds the frame is the
/// caller's affair. Functions that take a slot throw std::out_of_range if it is not in use.
class SwapArea {
 public:
  /// `slots` pages; number 0 is never used (Linux keeps its header there).
  explicit SwapArea(PageCount slots) : slots_(slots) {}

  /// Stores a page that leaves memory at once, for one user; none if the device is full.
  std::optional<std::uint64_t> store(PageImage image);

  /// Linux add_to_swap: a slot for a page in memory, without users, whose contents are still to
  /// be written; none if the device is full.
  std::optional<std::uint64_t> add(FrameNumber frame);

  /// The page of a slot was read into a frame, or reached the device.
  void enter(std::uint64_t slot, FrameNumber frame);
  /// The page of a slot reached the device, as `image`.
  void write(std::uint64_t slot, PageImage image);

  /// Linux delete_from_swap_cache: the slot's frame no longer belongs to it, and the slot is free
  /// if it has no users.
  void leave(std::uint64_t slot);

  /// The frame of a slot, the slot of a frame; none if it is not in the swap cache.
  std::optional<FrameNumber> cached(std::uint64_t slot) const { return used_.at(slot).frame; }
  /// The slot of a frame; none if it is not in the swap cache.
  std::optional<std::uint64_t> slot_of(FrameNumber frame) const;

  /// Whether the frame in the cache holds what the device does not.
  bool is_dirty(std::uint64_t slot) const { return used_.at(slot).dirty; }

  /// What the device holds.
  const PageImage& image(std::uint64_t slot) const { return used_.at(slot).image; }

  /// Linux swap_duplicate and swap_free: one user more, one less; and how many there are.
  void duplicate(std::uint64_t slot) { ++used_.at(slot).users; }
  /// One user less; without users and frame the slot is free.
  void release(std::uint64_t slot);
  /// How many users a slot has. Requires is_used(slot).
  unsigned users(std::uint64_t slot) const { return used_.at(slot).users; }

  /// Slots in use, and whether they are more than half (Linux vm_swap_full).
  PageCount used() const { return PageCount(used_.size()); }
  /// More than half of the slots are in use (Linux vm_swap_full).
  bool is_half_full() const { return slots_.value() < 2 * used_.size(); }

  /// The slot is not free.
  bool is_used(std::uint64_t slot) const { return used_.count(slot) != 0; }

  /// The swap cache: frames with their slots, in no order.
  const std::unordered_map<FrameNumber::Value, std::uint64_t>& cache() const { return cache_; }

 private:
  struct Slot {
    PageImage image;
    unsigned users = 0;
    std::optional<FrameNumber> frame;
    bool dirty = false;
  };

  std::optional<std::uint64_t> take(Slot contents);
  void free_unused(std::uint64_t slot);

  PageCount slots_;
  std::uint64_t next_ = 1;
  std::vector<std::uint64_t> freed_;
  std::unordered_map<std::uint64_t, Slot> used_;
  std::unordered_map<FrameNumber::Value, std::uint64_t> cache_;
};

}  // namespace tessera::vm
