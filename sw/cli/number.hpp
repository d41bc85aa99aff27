#pragma once

#include <cstdint>
#include <string>

namespace tessera::cli {

/// A number of at most 64 bits, decimal or with 0x. Throws UserError that begins with `flag`.
std::uint64_t number(const std::string& text, const char* flag);

}  // namespace tessera::cli
