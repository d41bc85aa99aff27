#pragma once

#include <string>
#include <string_view>

namespace tessera::report {

/// Throws UserError unless a file could be written at this path: its folder is there, and it is
/// not itself a folder. To be asked before a long run.
void check_writable(const std::string& path);

/// Writes a file in one piece: beside its place first, then renamed, so that nobody ever sees
/// half of it. Throws UserError when that fails, and leaves nothing behind.
void write_file(const std::string& path, std::string_view contents);

}  // namespace tessera::report
