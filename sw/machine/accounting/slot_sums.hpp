#pragma once

#include <cstdint>
#include <vector>

#include "model/types/units.hpp"

namespace tessera {
class Archive;
}

namespace tessera::machine {

/// What happened in each slot of the window: a slot is one element, or as many as make no more
/// than 4,096 slots.
class SlotSums {
 public:
  /// A window of so many pages from `window` on; an element is 1 page or more.
  SlotSums(EffectiveAddress window, PageCount pages, PageCount element);

  /// An access of the program that took so long. Addresses beyond the window do not count.
  void accessed(EffectiveAddress ea, Cycles duration) {
    const std::uint32_t page = page_in_window(ea);
    if (page >= pages_) return;
    const std::uint32_t slot = page / slot_pages_;
    ++accesses_[slot];
    cycles_[slot] += duration.value();
  }

  /// A refill, which a flush made necessary or something else.
  void refilled(EffectiveAddress ea, bool after_flush) {
    const std::uint32_t page = page_in_window(ea);
    if (page >= pages_) return;
    ++refills_[page / slot_pages_];
    if (after_flush) ++refills_after_flush_[page / slot_pages_];
  }

  PageCount slot_pages() const { return PageCount(slot_pages_); }
  const std::vector<std::uint64_t>& accesses() const { return accesses_; }
  const std::vector<std::uint64_t>& cycles() const { return cycles_; }
  const std::vector<std::uint64_t>& refills() const { return refills_; }
  const std::vector<std::uint64_t>& refills_after_flush() const { return refills_after_flush_; }

  /// All of it (decision 13).
  void state(Archive& archive);

 private:
  /// At least pages_ for addresses below the window too.
  std::uint32_t page_in_window(EffectiveAddress ea) const {
    return (ea.value() >> kPageShift) - first_page_;
  }

  std::uint32_t first_page_;
  std::uint32_t pages_;
  std::uint32_t slot_pages_;
  std::vector<std::uint64_t> accesses_;
  std::vector<std::uint64_t> cycles_;
  std::vector<std::uint64_t> refills_;
  std::vector<std::uint64_t> refills_after_flush_;
};

}  // namespace tessera::machine
