#include "model/pte/bit_ranges.hpp"

#include <bit>

#include <fmt/format.h>

namespace tessera::pte {

std::string range_text(Raw mask) {
  std::string text;
  while (mask != 0) {
    const auto high = static_cast<unsigned>(63 - std::countl_zero(mask));
    unsigned low = high;
    while (low > 0 && (mask >> (low - 1) & 1U) != 0) --low;
    text += text.empty() ? "" : ", ";
    text += high == low ? fmt::format("{}", high) : fmt::format("{}:{}", high, low);
    mask &= (Raw{1} << low) - 1;
  }
  return text;
}

}  // namespace tessera::pte
