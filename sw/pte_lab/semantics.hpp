#pragma once

#include <cstdint>
#include <utility>

#include "model/pte/layout.hpp"
#include "sw/pte_lab/symbolic.hpp"

// What a layout means, said once: with Word = std::uint64_t it encodes and decodes, with
// Word = Term it is what the solver proves things about.
namespace tessera::pte_lab {

using pte::Field;
using pte::Layout;
using pte::Raw;

/// The truth type that goes with a word type: bool or Claim.
template <class Word>
using Truth = decltype(std::declval<Word>() == std::declval<Word>());

/// A number's bits at their places in the entry; what does not fit in the field is lost.
template <class Word>
Word spread(const Field& field, const Word& number) {
  Word word(Raw{0});
  unsigned done = 0;
  for (const pte::Piece& piece : field.pieces) {
    word = word | (((number >> done) & Word(pte::ones(piece.bits))) << piece.low);
    done += piece.bits;
  }
  return word;
}

/// The number that an entry holds.
template <class Word>
Word gather(const Field& field, const Word& entry) {
  Word number(Raw{0});
  unsigned done = 0;
  for (const pte::Piece& piece : field.pieces) {
    number = number | (((entry >> piece.low) & Word(pte::ones(piece.bits))) << done);
    done += piece.bits;
  }
  return number;
}

/// pte_present: any of the test's bits.
template <class Word>
Truth<Word> is_present(const Layout& layout, const Word& entry) {
  return (entry & Word(layout.tests.present)) != Word(Raw{0});
}

/// pte_none: nothing but what the mask ignores.
template <class Word>
Truth<Word> is_none(const Layout& layout, const Word& entry) {
  return (entry & Word(pte::word_mask(layout) & ~layout.tests.none_ignores)) == Word(Raw{0});
}

/// pte_file; means something only of an entry that is neither present nor none.
template <class Word>
Truth<Word> is_file(const Layout& layout, const Word& entry) {
  return (entry & Word(layout.tests.file)) != Word(Raw{0});
}

/// What handle_pte_fault makes of it: present, none, file, and what is left is swap
/// (linux-vm.md B1).
template <class Word>
Truth<Word> taken_for_file(const Layout& layout, const Word& entry) {
  return !is_present(layout, entry) && !is_none(layout, entry) && is_file(layout, entry);
}
template <class Word>
Truth<Word> taken_for_swap(const Layout& layout, const Word& entry) {
  return !is_present(layout, entry) && !is_none(layout, entry) && !is_file(layout, entry);
}

/// pgoff_to_pte, in the kernel's arithmetic. The layout must have file PTEs.
template <class Word>
Word file_word(const Layout& layout, const Word& offset) {
  const pte::FileLayout& file = *layout.file;
  const Word narrow = offset & Word(pte::ones(file.offset_bits));
  return (spread(file.pgoff, narrow) & Word(pte::ones(file.arithmetic_bits))) |
         Word(layout.tests.file);
}

/// pte_to_pgoff.
template <class Word>
Word offset_of(const Layout& layout, const Word& entry) {
  const pte::FileLayout& file = *layout.file;
  return gather(file.pgoff, entry & Word(file.decode_mask & pte::ones(file.arithmetic_bits)));
}

/// swp_entry_to_pte. The layout must have swap entries.
template <class Word>
Word swap_word(const Layout& layout, const Word& type, const Word& offset) {
  return spread(layout.swap->type, type) | spread(layout.swap->offset, offset);
}

/// What mk_pte is asked for. Of a kernel page `read` is not looked at.
template <class Word>
struct PageRequest {
  Word rpn;
  Word wimge;
  Truth<Word> kernel;
  Truth<Word> read;
  Truth<Word> write;
  Truth<Word> exec;
  Truth<Word> dirty;
  Truth<Word> accessed;
  Truth<Word> special;
};

template <class Word>
Word mask_if(const Truth<Word>& condition, Raw mask) {
  return select(condition, Word(mask), Word(Raw{0}));
}

/// Neither read nor write nor exec, of a program's page: mapped, but nobody may use it.
template <class Word>
Truth<Word> is_inaccessible(const PageRequest<Word>& page) {
  return !page.kernel && !page.read && !page.write && !page.exec;
}

/// The rights' bits of a program's page, or of a kernel page.
template <class Word>
Word rights_word(const Layout& layout, const PageRequest<Word>& page) {
  const pte::PresentLayout& p = layout.present;
  const Truth<Word> any = page.read || page.write || page.exec;
  const Word missing = select(page.write, Word(Raw{0}), Word(p.no_write)) |
                       select(page.exec, Word(Raw{0}), Word(p.no_exec));
  const Word program = mask_if<Word>(any, p.user) | mask_if<Word>(page.write, p.write) |
                       mask_if<Word>(page.exec, p.exec);
  const Word kernel = Word(p.kernel_read) | mask_if<Word>(page.write, p.kernel_write) |
                      mask_if<Word>(page.exec, p.kernel_exec);
  return select(page.kernel, kernel, program) | missing;
}

/// A present entry, or the format's PROT_NONE entry where it has one.
template <class Word>
Word present_word(const Layout& layout, const PageRequest<Word>& page) {
  const pte::PresentLayout& p = layout.present;
  const Word kept = spread(p.rpn, page.rpn) | spread(p.page_size, Word(p.page_size_4k)) |
                    mask_if<Word>(page.dirty, p.dirty) | mask_if<Word>(page.accessed, p.accessed) |
                    mask_if<Word>(page.special, p.special);
  const Word open = Word(p.sets) | spread(p.wimge, page.wimge) | rights_word(layout, page);
  if (p.protnone == 0) return kept | open;
  return kept | select(is_inaccessible(page), Word(p.protnone), open);
}

/// What ptep_get_and_clear leaves of an entry.
template <class Word>
Word emptied(const Layout& layout, const Word& entry) {
  return entry & Word(pte::word_mask(layout) & ~layout.clears);
}

template <class Word>
Truth<Word> all_set(const Word& entry, Raw mask) {
  return (entry & Word(mask)) == Word(mask);
}

/// The loader grants this right of MAS3. The layout must have a loader.
template <class Word>
Truth<Word> grants(const Layout& layout, const Word& entry, pte::Mas3Permission right) {
  return all_set(entry, layout.loader->grant[static_cast<unsigned>(right)]);
}

/// Some access would load this entry into the TLB.
template <class Word>
Truth<Word> reaches_tlb(const Layout& layout, const Word& entry) {
  if (!layout.loader) return all_set(entry, layout.tests.hardware);
  const pte::LoaderLayout& loader = *layout.loader;
  return all_set(entry, loader.requires_load) || all_set(entry, loader.requires_store) ||
         all_set(entry, loader.requires_fetch_user) ||
         all_set(entry, loader.requires_fetch_supervisor);
}

/// The frame that the TLB gets: MAS7 and MAS3 together.
template <class Word>
Word loaded_rpn(const Layout& layout, const Word& entry) {
  constexpr unsigned kMas3RpnBits = 20;
  const pte::LoaderLayout& loader = *layout.loader;
  return gather(loader.mas3_rpn, entry) | (gather(loader.mas7_rpn, entry) << kMas3RpnBits);
}

}  // namespace tessera::pte_lab
