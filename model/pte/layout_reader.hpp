#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/pte/layout.hpp"

namespace tessera::pte {

/// Reads a format's file (docs/pte-formats.md). `path` is what messages call it. Throws
/// UserError, "path:line: what is wrong; how to mend it".
Layout read_layout(std::string_view text, const std::string& path);

/// The names that `known` may use: what `tessera pte check` looks at.
const std::vector<std::string>& property_names();

}  // namespace tessera::pte
