#include <algorithm>

#include "sw/vm/huge_page.hpp"
#include "sw/vm/page_table.hpp"

/// The page table inspected from outside: no time passes.
namespace tessera::vm {

namespace {

constexpr unsigned kInspectedBytes = 4;
constexpr unsigned kInspectedBits = 32;

}  // namespace

pte::Raw PageTable::peek(VirtualPage page) const {
  const std::uint32_t word = hardware_.peek_word(pgd_entry(page));
  if (is_hugepd(word)) return peek_in_huge(word, page);
  return word == 0 ? 0 : peek_entry(entry_in(word, page));
}

std::optional<FrameNumber> PageTable::peek_table(VirtualPage page) const {
  const std::uint32_t word = hardware_.peek_word(pgd_entry(page));
  if (word == 0 || is_hugepd(word)) return std::nullopt;
  return table_frame(word);
}

void PageTable::visit(const std::function<void(VirtualPage, pte::Raw)>& entry) const {
  visit_pgd([&](VirtualPage span, std::uint32_t word) {
    if (!is_hugepd(word)) return visit_table(span, table_frame(word), entry);
    const pte::Raw raw = peek_entry(hugepte_of(word));
    if (raw != 0 && span == huge_floor(span)) entry(span, raw);
  });
}

void PageTable::visit_table(VirtualPage span, FrameNumber table,
                            const std::function<void(VirtualPage, pte::Raw)>& entry) const {
  const FrameWords words = hardware_.peek_frame(table);
  const std::size_t words_in_entry = format_.width_bytes / kInspectedBytes;
  VirtualPage page = span;
  for (std::size_t at = 0; at < words.size() && page < next_span(span);
       at += words_in_entry, page += PageCount(1)) {
    pte::Raw raw = 0;
    for (std::size_t i = 0; i < words_in_entry; ++i) raw = raw << kInspectedBits | words[at + i];
    if (raw != 0) entry(page, raw);
  }
}

std::vector<FrameNumber> PageTable::tables() const {
  std::vector<FrameNumber> found;
  visit_pgd([&](VirtualPage, std::uint32_t word) {
    if (!is_hugepd(word)) found.push_back(table_frame(word));
  });
  return found;
}

void PageTable::visit_pgd(const std::function<void(VirtualPage, std::uint32_t)>& word) const {
  VirtualPage span(0);
  for (const FrameNumber frame : pgd_frames()) {
    const FrameWords words = hardware_.peek_frame(frame);
    const std::size_t used =
        std::min(words.size(), std::size_t{1} << format_.geometry.pgd_index_bits);
    for (std::size_t i = 0; i < used; ++i, span = next_span(span)) {
      if (words[i] != 0) word(span, words[i]);
    }
  }
}

std::vector<FrameNumber> PageTable::pgd_frames() const {
  std::vector<FrameNumber> frames;
  frames.reserve(pgd_pages());
  for (unsigned i = 0; i < pgd_pages(); ++i) frames.push_back(frame_of(pgd_) + PageCount(i));
  return frames;
}

pte::Raw PageTable::peek_entry(RealAddress entry) const {
  pte::Raw raw = 0;
  for (unsigned byte = 0; byte < format_.width_bytes; byte += kInspectedBytes) {
    raw = raw << kInspectedBits | hardware_.peek_word(entry + Bytes(byte));
  }
  return raw;
}

}  // namespace tessera::vm
