#include "sw/replay/vm/logger_arguments.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "sw/replay/mmu/log_line.hpp"

namespace tessera::replay {

namespace {

using Distort = void (*)(ByteRange&);

struct Distortion {
  std::string_view name;
  Distort distort = nullptr;
};

void nothing(ByteRange& /*range*/) {}

// Numbers wrap in the kernel's own word: ~0 is ~0 there too.
constexpr std::array<Distortion, 23> kDistortions{{
    {"addr+8", [](ByteRange& range) { range.start += 8; }},
    {"addr+0x18", [](ByteRange& range) { range.start += 0x18; }},
    {"addr+0x123", [](ByteRange& range) { range.start += 0x123; }},
    {"len0", [](ByteRange& range) { range.length = 0; }},
    {"oldlen0", [](ByteRange& range) { range.length = 0; }},
    {"size0", [](ByteRange& range) { range.length = 0; }},
    {"len-100", [](ByteRange& range) { range.length -= 100; }},
    {"len-0x345", [](ByteRange& range) { range.length -= 0x345; }},
    {"lens-1-2", [](ByteRange& range) { range.length -= 1; }},
    {"lenmax", [](ByteRange& range) { range.length = ~std::uint64_t{0}; }},
    {"size+0x777", [](ByteRange& range) { range.length += 0x777; }},
    {"size0x800", [](ByteRange& range) { range.length = 0x800; }},
    {"sizewrap", [](ByteRange& range) { range.length = ~std::uint64_t{0} - 0xfff; }},
    {"newlen0", nothing},
    {"naddr+8", nothing},
    {"notype", nothing},
    {"type3", nothing},
    {"off+0x200", nothing},
    {"fd", nothing},
    {"prot", nothing},
    {"prot_r", nothing},
    {"pgwrap", nothing},
    {"", nothing},
}};

const Distortion& distortion(std::string_view name) {
  const auto* const found =
      std::find_if(kDistortions.begin(), kDistortions.end(),
                   [&](const Distortion& distortion) { return distortion.name == name; });
  if (found == kDistortions.end()) throw UnusableLine(fmt::format("there is no bad={}", name));
  return *found;
}

}  // namespace

bool is_bad(const Words& words, std::string_view how) { return words.value_or_empty("bad") == how; }

ByteRange byte_range(const Words& words) {
  const std::uint64_t page = words.number("p");
  const std::uint64_t pages = words.number("n");
  if (page >= kWindowPages || pages == 0 || pages > kWindowPages - page) {
    throw UnusableLine(fmt::format("{} pages from page {} are not in the window of {} pages", pages,
                                   page, kWindowPages));
  }
  ByteRange range{window_address(page).value(), pages << kPageShift};
  distortion(words.value_or_empty("bad")).distort(range);
  return range;
}

EffectiveAddress window_address(std::uint64_t page) {
  if (page >= kWindowPages) {
    throw UnusableLine(fmt::format("page {} is not in the window of {} pages", page, kWindowPages));
  }
  return kWindowBase + bytes_of(PageCount(page));
}

std::uint64_t window_bytes(std::uint64_t pages) {
  if (pages > kWindowPages) {
    throw UnusableLine(fmt::format("{} pages are more than the window's {}", pages, kWindowPages));
  }
  return pages << kPageShift;
}

unsigned bits_of(std::string_view text, std::initializer_list<Letter> letters) {
  unsigned bits = 0;
  for (const char letter : text) {
    const auto* const found =
        std::find_if(letters.begin(), letters.end(),
                     [&](const Letter& candidate) { return candidate.letter == letter; });
    if (found == letters.end()) {
      throw UnusableLine(fmt::format("'{}' has a letter that does not belong there", text));
    }
    bits |= found->bits;
  }
  return bits;
}

}  // namespace tessera::replay
