#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/pte/layout.hpp"

namespace tessera::pte {

/// A format's file that stands in the program itself.
struct ShippedFile {
  std::string_view name;  ///< without .toml
  std::string_view text;  ///< the whole file
};

/// Every file of model/pte/formats, in alphabetical order.
const std::vector<ShippedFile>& shipped_files();

/// The names of the shipped formats.
std::vector<std::string> shipped_names();

/// The shipped format of that name. Throws UserError, with a suggestion, if there is none.
Layout shipped_layout(std::string_view name);

}  // namespace tessera::pte
