#pragma once

#include <cstdint>
#include <initializer_list>
#include <string_view>

#include "model/types/units.hpp"
#include "sw/replay/vm/words.hpp"

/// From what a log says of an operation to what the logger passed to the kernel
/// (tb/golden/vm-kernel/FORMAT.md). All functions throw UnusableLine.
namespace tessera::replay {

/// Where the logger's window begins, and its size. Page numbers in logs count from here.
inline constexpr EffectiveAddress kWindowBase{0x2000'0000};
inline constexpr std::uint64_t kWindowPages = 64;

/// Start and length in bytes as the system call gets them, valid or not.
struct ByteRange {
  std::uint64_t start = 0;
  std::uint64_t length = 0;

  EffectiveAddress address() const { return EffectiveAddress(static_cast<std::uint32_t>(start)); }
};

/// `bad=` names this distortion.
bool is_bad(const Words& words, std::string_view how);

/// The pages p= to p= + n= in bytes, distorted if bad= concerns a start or a length. Refuses
/// pages outside the window, and values of bad= that FORMAT.md does not know.
ByteRange byte_range(const Words& words);

/// A page of the window. Refuses pages outside it.
EffectiveAddress window_address(std::uint64_t page);

/// Bytes of a number of pages. Refuses more than the window has.
std::uint64_t window_bytes(std::uint64_t pages);

/// A letter of a value such as "rw" or "SA", and the bits it stands for.
struct Letter {
  char letter = ' ';
  unsigned bits = 0;
};

/// The bits of all letters of a text.
unsigned bits_of(std::string_view text, std::initializer_list<Letter> letters);

}  // namespace tessera::replay
