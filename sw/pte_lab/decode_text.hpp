#pragma once

#include <string>

#include "model/pte/layout.hpp"

namespace tessera::pte_lab {

/// Everything that one entry says: kind, fields, flags, and what the TLB would get.
std::string decode_text(const pte::Layout& layout, pte::Raw entry);

/// The entry that a new page gets, and its file and swap sisters. Each throws UserError for a
/// number that does not fit.
pte::Raw encode_file(const pte::Layout& layout, std::uint64_t offset);
pte::Raw encode_swap(const pte::Layout& layout, std::uint64_t type, std::uint64_t offset);

/// What the user wants of a present entry.
struct PageWish {
  std::uint64_t rpn = 0;
  std::string permissions = "r";  ///< any of r, w, x; "-" or nothing: none of them
  std::uint64_t wimge = 0;        ///< besides what a new page has anyway
  bool kernel = false;
  bool dirty = false;
  bool special = false;
};
pte::Raw encode_page(const pte::Layout& layout, const PageWish& wish);

}  // namespace tessera::pte_lab
