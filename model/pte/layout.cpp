#include "model/pte/layout.hpp"

namespace tessera::pte {

unsigned Field::bits() const {
  unsigned sum = 0;
  for (const Piece& piece : pieces) {
    sum += piece.bits;
  }
  return sum;
}

Raw Field::mask() const {
  Raw mask = 0;
  for (const Piece& piece : pieces) {
    mask |= ones(piece.bits) << piece.low;
  }
  return mask;
}

Raw ones(unsigned bits) {
  constexpr unsigned kBitsOfRaw = 64;
  return bits >= kBitsOfRaw ? ~Raw{0} : (Raw{1} << bits) - 1;
}

Raw word_mask(const Layout& layout) { return ones(layout.width); }

}  // namespace tessera::pte
