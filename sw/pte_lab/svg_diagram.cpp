#include <fmt/format.h>

#include "sw/pte_lab/diagram.hpp"

namespace tessera::pte_lab {

namespace {

using pte::Layout;

constexpr unsigned kBit = 18;
constexpr unsigned kRow = 44;
constexpr unsigned kTop = 40;
constexpr unsigned kLeft = 90;

std::string escaped(const std::string& text) {
  std::string safe;
  for (const char letter : text) {
    if (letter == '<') {
      safe += "&lt;";
    } else if (letter == '&') {
      safe += "&amp;";
    } else {
      safe += letter;
    }
  }
  return safe;
}

unsigned left_of(unsigned width, unsigned high) { return kLeft + (width - 1 - high) * kBit; }

/// A run of neighbouring bits. A name that does not fit stands upright.
std::string box(const Segment& segment, unsigned width, unsigned high, unsigned low, unsigned top) {
  const unsigned bits = high - low + 1;
  const unsigned x = left_of(width, high);
  const unsigned middle = x + bits * kBit / 2;
  const bool fits = segment.name.size() * 7 < bits * kBit;
  const std::string turn =
      fits ? "" : fmt::format(" transform=\"rotate(-90 {} {})\"", middle, top + 15);
  return fmt::format(
      "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"30\" fill=\"#e8eef7\" stroke=\"#334\"/>\n"
      "<text x=\"{}\" y=\"{}\" text-anchor=\"middle\" font-size=\"{}\"{}>{}</text>\n",
      x, top, bits * kBit, middle, top + 19, fits ? 11 : 6, turn, escaped(segment.name));
}

std::string boxes(const Segment& segment, unsigned width, unsigned top) {
  std::string text;
  for (unsigned bit = width; bit-- > 0;) {
    if ((segment.mask >> bit & 1U) == 0) continue;
    const unsigned high = bit;
    while (bit > 0 && (segment.mask >> (bit - 1) & 1U) != 0) --bit;
    text += box(segment, width, high, bit, top);
  }
  return text;
}

std::string svg_ruler(unsigned width) {
  std::string text;
  for (unsigned bit = 0; bit < width; bit += 4) {
    text +=
        fmt::format("<text x=\"{}\" y=\"34\" text-anchor=\"middle\" font-size=\"9\">{}</text>\n",
                    left_of(width, bit) + kBit / 2, bit);
  }
  return text;
}

}  // namespace

std::string svg_diagram(const Layout& layout) {
  const std::vector<Form> forms = forms_of(layout);
  const unsigned width = kLeft + layout.width * kBit + 10;
  std::string text = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"{}\" "
      "font-family=\"sans-serif\">\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n"
      "<text x=\"8\" y=\"16\" font-size=\"13\">{}: {}</text>\n",
      width, kTop + forms.size() * kRow, escaped(layout.name), escaped(layout.title));
  text += svg_ruler(layout.width);
  unsigned top = kTop;
  for (const Form& form : forms) {
    text += fmt::format("<text x=\"8\" y=\"{}\" font-size=\"12\">{}</text>\n", top + 19, form.name);
    text += fmt::format(
        "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"30\" fill=\"none\" "
        "stroke=\"#99a\"/>\n",
        kLeft, top, layout.width * kBit);
    for (const Segment& segment : form.segments) {
      text += boxes(segment, layout.width, top);
    }
    top += kRow;
  }
  return text + "</svg>\n";
}

}  // namespace tessera::pte_lab
