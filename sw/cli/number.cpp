#include "sw/cli/number.hpp"

#include <charconv>

#include <fmt/core.h>

#include "model/types/user_error.hpp"

namespace tessera::cli {

std::uint64_t number(const std::string& text, const char* flag) {
  const bool hexadecimal = text.starts_with("0x");
  const std::string_view digits = std::string_view(text).substr(hexadecimal ? 2 : 0);
  std::uint64_t value = 0;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), value, hexadecimal ? 16 : 10);
  if (error != std::errc{} || end != digits.data() + digits.size()) {
    throw UserError(fmt::format("{}: '{}' is not a number of at most 64 bits", flag, text));
  }
  return value;
}

}  // namespace tessera::cli
