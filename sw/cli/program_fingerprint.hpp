#pragma once

#include <string>
#include <string_view>

namespace tessera::cli {

/// Of any bytes: 16 hexadecimal digits.
std::string hex_fingerprint(std::string_view bytes);

/// Of this program's own file: another build may order its memory otherwise, or simulate something
/// else. Throws UserError when the file cannot be read.
const std::string& program_fingerprint();

}  // namespace tessera::cli
