#include <fmt/format.h>

#include "model/types/user_error.hpp"
#include "sw/pte_lab/decode_text.hpp"
#include "sw/pte_lab/semantics.hpp"

namespace tessera::pte_lab {

namespace {

void refuse_beyond(const char* what, std::uint64_t number, unsigned bits) {
  if ((number & ~pte::ones(bits)) != 0) {
    throw UserError(fmt::format("{} {:#x} has more than the format's {} bits", what, number, bits));
  }
}

bool asks_for(const PageWish& wish, char right) {
  return wish.permissions.find(right) != std::string::npos;
}

}  // namespace

Raw encode_file(const Layout& layout, std::uint64_t offset) {
  if (!layout.file) throw UserError(layout.name + " has no file PTEs");
  refuse_beyond("--pgoff", offset, layout.file->max_bits);
  return file_word(layout, offset);
}

Raw encode_swap(const Layout& layout, std::uint64_t type, std::uint64_t offset) {
  if (!layout.swap) throw UserError(layout.name + " has no swap entries");
  refuse_beyond("--swap-offset", offset, layout.swap->offset.bits());
  if (type >= layout.swap->types) {
    throw UserError(
        fmt::format("--swap-type {}: the format has types 0 to {}", type, layout.swap->types - 1));
  }
  return swap_word(layout, type, offset);
}

Raw encode_page(const Layout& layout, const PageWish& wish) {
  if (wish.permissions.find_first_not_of("rwx-") != std::string::npos) {
    throw UserError(fmt::format("--perms '{}': write some of r, w and x", wish.permissions));
  }
  refuse_beyond("--rpn", wish.rpn, layout.present.rpn.bits());
  refuse_beyond("--wimge", wish.wimge, layout.present.wimge.bits());
  const PageRequest<Raw> page{wish.rpn,
                              wish.wimge,
                              wish.kernel,
                              asks_for(wish, 'r'),
                              asks_for(wish, 'w'),
                              asks_for(wish, 'x'),
                              wish.dirty,
                              true,
                              wish.special};
  const bool protnone = layout.present.protnone != 0 && is_inaccessible(page);
  return present_word(layout, page) | (protnone ? 0 : layout.present.fresh);
}

}  // namespace tessera::pte_lab
