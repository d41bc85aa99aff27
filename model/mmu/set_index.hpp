#pragma once

namespace tessera::mmu {

/// Which set of an array a page belongs to: its number modulo the sets (docs/pins.md 5).
class SetIndex {
 public:
  /// `sets` is 1 or more.
  explicit SetIndex(unsigned sets)
      : sets_(sets), mask_(sets - 1), is_mask_((sets & (sets - 1)) == 0) {}

  /// The set of virtual page number `page`, 0 to sets - 1. Low bits where those say it: a division
  /// in every lookup would be felt.
  unsigned of(unsigned page) const { return is_mask_ ? page & mask_ : page % sets_; }

 private:
  unsigned sets_;
  unsigned mask_;
  bool is_mask_;
};

}  // namespace tessera::mmu
