#include "sw/pte_lab/decode_text.hpp"

#include <fmt/format.h>

#include "sw/pte_lab/words.hpp"

namespace tessera::pte_lab {

namespace {

std::string line(const std::string& name, const std::string& value) {
  return fmt::format("{:<10}{}\n", name, value);
}

std::string bits_text(const Layout& layout, Raw entry) {
  std::string names;
  for (const pte::NamedBits& bits : layout.bits) {
    if ((entry & bits.mask) != 0) names += (names.empty() ? "" : " ") + bits.name;
  }
  return names.empty() ? "none" : names;
}

std::string present_text(const Layout& layout, Raw entry) {
  const pte::PresentLayout& p = layout.present;
  std::string text = line("RPN", fmt::format("{:#x}", gather(p.rpn, entry)));
  if (!p.wimge.empty()) text += line("WIMGE", fmt::format("{:#04x}", gather(p.wimge, entry)));
  if (!p.page_size.empty()) {
    text += line("page size",
                 fmt::format("{}{}", gather(p.page_size, entry),
                             gather(p.page_size, entry) == p.page_size_4k ? ", 4 KB" : ""));
  }
  return text;
}

std::string tlb_text(const Layout& layout, Raw entry) {
  if (!layout.loader && layout.tests.hardware == 0) return "not known for this format";
  if (!reaches_tlb(layout, entry)) return "nothing: no access loads this entry";
  if (!layout.loader) return "this entry: hardware may load it";
  return fmt::format("{}, frame {:#x}, WIMGE {:#04x}", granted_text(layout, entry),
                     loaded_rpn(layout, entry), gather(layout.loader->mas2_wimge, entry));
}

}  // namespace

std::string decode_text(const Layout& layout, Raw entry) {
  std::string text = line("raw", hex(layout, entry)) + line("kind", taken_for(layout, entry));
  if (kind_of(layout, entry) == Kind::Present) {
    text += present_text(layout, entry);
    text += line("bits", bits_text(layout, entry));
  }
  return text + line("TLB gets", tlb_text(layout, entry));
}

}  // namespace tessera::pte_lab
