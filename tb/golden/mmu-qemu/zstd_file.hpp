#pragma once

#include <string>

namespace tessera::golden {

/// The decompressed content of a .zst file. Throws std::runtime_error, naming the file.
std::string read_zstd(const std::string& path);

}  // namespace tessera::golden
