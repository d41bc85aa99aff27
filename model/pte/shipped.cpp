#include "model/pte/shipped.hpp"

#include "model/pte/layout_reader.hpp"
#include "model/types/suggestion.hpp"
#include "model/types/user_error.hpp"

namespace tessera::pte {

std::vector<std::string> shipped_names() {
  std::vector<std::string> names;
  names.reserve(shipped_files().size());
  for (const ShippedFile& file : shipped_files()) {
    names.emplace_back(file.name);
  }
  return names;
}

Layout shipped_layout(std::string_view name) {
  for (const ShippedFile& file : shipped_files()) {
    if (file.name == name) return read_layout(file.text, std::string(name) + ".toml");
  }
  throw UserError("there is no PTE format '" + std::string(name) + "'" +
                  suggestion(name, shipped_names()));
}

}  // namespace tessera::pte
