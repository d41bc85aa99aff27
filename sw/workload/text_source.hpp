#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace tessera::workload {

/// The whole text of a file, decompressed if it is zstd (told by its magic number, not by its
/// name). Throws UserError when the file cannot be read, or is damaged or cut off.
std::string read_text(const std::string& path);

/// The same for bytes already in memory; `name` is what error messages call them.
std::string text_of(std::string_view bytes, const std::string& name);

}  // namespace tessera::workload
