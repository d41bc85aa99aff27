#include <fmt/format.h>

#include "model/pte/bit_ranges.hpp"
#include "sw/pte_lab/diagram.hpp"

namespace tessera::pte_lab {

namespace {

using pte::Layout;

constexpr unsigned kGroup = 8;
constexpr unsigned kLabel = 11;

char letter_at(const Form& form, unsigned bit) {
  char letter = '.';
  for (const Segment& segment : form.segments) {
    // Two of them on one bit: that is what some broken formats are about.
    if ((segment.mask >> bit & 1U) != 0) letter = letter == '.' ? segment.letter : '#';
  }
  return letter;
}

std::string row(const Form& form, unsigned width) {
  std::string text = fmt::format("{:<{}}", form.name, kLabel);
  for (unsigned bit = width; bit-- > 0;) {
    text += letter_at(form, bit);
    if (bit % kGroup == 0 && bit != 0) text += ' ';
  }
  return text + "\n";
}

/// The number of the leftmost bit of each group.
std::string ruler(unsigned width) {
  std::string text(kLabel, ' ');
  for (unsigned top = width; top > 0; top -= kGroup) {
    text += fmt::format("{:<{}}", top - 1, kGroup + 1);
  }
  return text.substr(0, text.find_last_not_of(' ') + 1) + "\n";
}

std::string legend(const Form& form) {
  std::string text;
  for (const Segment& segment : form.segments) {
    text += fmt::format("{}{} {} {}", text.empty() ? "" : "; ", segment.letter, segment.name,
                        pte::range_text(segment.mask));
  }
  return fmt::format("  {:<{}}{}\n", form.name, kLabel, text);
}

std::string limits(const Layout& layout) {
  std::string text;
  if (layout.file) {
    text += fmt::format("\nfile offsets below 2^{} pages; {}-bit arithmetic", layout.file->max_bits,
                        layout.file->arithmetic_bits);
  }
  if (layout.swap) {
    text += fmt::format("\n{} swap types, offsets below 2^{} pages", layout.swap->types,
                        layout.swap->offset.bits());
  }
  return text + "\n";
}

}  // namespace

std::string text_diagram(const Layout& layout) {
  const std::vector<Form> forms = forms_of(layout);
  std::string text = fmt::format("{}: {}; {} bits, kernels {}\n", layout.name, layout.title,
                                 layout.width, layout.kernels);
  if (!layout.broken.empty()) text += fmt::format("BROKEN: {}\n", layout.broken);
  for (const pte::KnownFlaw& flaw : layout.known) {
    text += fmt::format("known: {}: {}\n", flaw.property, flaw.reason);
  }
  text += "\n" + ruler(layout.width);
  for (const Form& form : forms) {
    text += row(form, layout.width);
  }
  text += "\n";
  for (const Form& form : forms) {
    text += legend(form);
  }
  return text + limits(layout);
}

}  // namespace tessera::pte_lab
