#include "sw/pte_lab/words.hpp"

#include <array>

#include <fmt/format.h>

namespace tessera::pte_lab {

Kind kind_of(const Layout& layout, Raw entry) {
  if (is_present(layout, entry)) return Kind::Present;
  if (is_none(layout, entry)) return Kind::None;
  return is_file(layout, entry) ? Kind::File : Kind::Swap;
}

std::string name_of(Kind kind) {
  switch (kind) {
    case Kind::Present:
      return "present";
    case Kind::None:
      return "none";
    case Kind::File:
      return "a file PTE";
    case Kind::Swap:
      return "a swap entry";
  }
  return "";
}

std::string hex(const Layout& layout, Raw entry) {
  return fmt::format("{:#0{}x}", entry, layout.width / 4 + 2);
}

std::string taken_for(const Layout& layout, Raw entry) {
  const Kind kind = kind_of(layout, entry);
  if (kind == Kind::Present) {
    return fmt::format("present, frame {:#x}", gather(layout.present.rpn, entry));
  }
  if (kind == Kind::File && layout.file) {
    return fmt::format("a file PTE of page {}", offset_of(layout, entry));
  }
  if (kind == Kind::Swap && layout.swap) {
    return fmt::format("a swap entry, type {}, offset {}", gather(layout.swap->type, entry),
                       gather(layout.swap->offset, entry));
  }
  return kind == Kind::None ? "none: nothing here" : name_of(kind);
}

std::string request_text(const PageRequest<Raw>& page) {
  std::string text = fmt::format(
      "frame {:#x}, {}, {}{}{}", page.rpn, page.kernel ? "a kernel page" : "a program's page",
      page.read || page.kernel ? "r" : "-", page.write ? "w" : "-", page.exec ? "x" : "-");
  if (page.dirty) text += ", dirty";
  if (page.accessed) text += ", accessed";
  if (page.special) text += ", special";
  if (page.wimge != 0) text += fmt::format(", WIMGE {:#x}", page.wimge);
  return text;
}

std::string right_name(pte::Mas3Permission right) {
  static const std::array<const char*, pte::kMas3Permissions> names{"SR", "UR", "SW",
                                                                    "UW", "SX", "UX"};
  return names[static_cast<unsigned>(right)];
}

std::string granted_text(const Layout& layout, Raw entry) {
  std::string text;
  for (unsigned bit = pte::kMas3Permissions; bit-- > 0;) {
    const auto right = static_cast<pte::Mas3Permission>(bit);
    if (grants(layout, entry, right)) text += (text.empty() ? "" : " ") + right_name(right);
  }
  return text.empty() ? "no right" : text;
}

}  // namespace tessera::pte_lab
