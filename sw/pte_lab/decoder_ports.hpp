#pragma once

#include <array>
#include <cstddef>

#include "sw/pte_lab/semantics.hpp"

namespace tessera::pte_lab {

/// An output of a decoder, as docs/pte-decoder-port.md has it. Its input is pte_i, 64 bits.
struct DecoderPort {
  const char* name;
  unsigned bits;        ///< 1 to 64
  const char* comment;  ///< when it is 0; may be empty
};

/// The outputs' places in decoder_ports(), and in what a decoder says of an entry.
enum class Output : std::uint8_t {
  Present,
  None,
  File,
  Swap,
  Pgoff,
  SwapType,
  SwapOffset,
  Rpn,
  Wimge,
  Rights
};

constexpr std::size_t kOutputs = 10;

/// All outputs, in the order of Output.
const std::array<DecoderPort, kOutputs>& decoder_ports();

/// What a decoder says of one entry, by Output.
template <class Word>
using Decoded = std::array<Word, kOutputs>;

/// One of those.
template <class Word>
const Word& at(const Decoded<Word>& decoded, Output output) {
  return decoded[static_cast<std::size_t>(output)];
}

/// MAS3[5:0]; 0 for a format without a loader.
template <class Word>
Word granted_word(const Layout& layout, const Word& entry) {
  Word rights(Raw{0});
  if (!layout.loader) return rights;
  for (unsigned bit = 0; bit < pte::kMas3Permissions; ++bit) {
    const auto right = static_cast<pte::Mas3Permission>(bit);
    rights = rights | mask_if<Word>(grants(layout, entry, right), Raw{1} << bit);
  }
  return rights;
}

/// What a right decoder says of an entry.
template <class Word>
Decoded<Word> decoded(const Layout& layout, const Word& entry) {
  const Word zero(Raw{0});
  const Truth<Word> present = is_present(layout, entry);
  const Truth<Word> none = !present && is_none(layout, entry);
  const Truth<Word> file = taken_for_file(layout, entry);
  const Truth<Word> swap = taken_for_swap(layout, entry);
  const Word type = layout.swap ? gather(layout.swap->type, entry) : zero;
  const Word offset = layout.swap ? gather(layout.swap->offset, entry) : zero;
  return {mask_if<Word>(present, 1),
          mask_if<Word>(none, 1),
          mask_if<Word>(file, 1),
          mask_if<Word>(swap, 1),
          select(file, layout.file ? offset_of(layout, entry) : zero, zero),
          select(swap, type, zero),
          select(swap, offset, zero),
          select(present, gather(layout.present.rpn, entry), zero),
          select(present, gather(layout.present.wimge, entry), zero),
          select(present, granted_word(layout, entry), zero)};
}

}  // namespace tessera::pte_lab
