#include "sw/pte_rtl/fingerprint.hpp"

namespace tessera::pte_rtl {

std::uint64_t fingerprint(std::string_view text, std::uint64_t before) {
  constexpr std::uint64_t kPrime = 0x100000001b3;
  std::uint64_t print = before;
  for (const char letter : text) {
    print = (print ^ static_cast<unsigned char>(letter)) * kPrime;
  }
  return print;
}

}  // namespace tessera::pte_rtl
