#pragma once

#include <string>

namespace tessera::cli {

/// Writes a report to a file, or to the standard output if `path` is empty. UserError if it cannot.
void write_output(const std::string& path, const std::string& text);

}  // namespace tessera::cli
