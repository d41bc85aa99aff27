#include <fmt/format.h>

#include "model/types/user_error.hpp"
#include "sw/cli/configuration.hpp"
#include "sw/cli/toml_file.hpp"

namespace tessera::cli {
namespace {

/// Tables and keys that only `tessera sweep` understands.
void refuse_sweep(const TomlFile& file) {
  for (const char* key : {"grid", "list", "seeds"}) {
    if (const toml::node* node = file.table.get(key)) {
      throw UserError(fmt::format("{}: '{}' makes this a sweep; tessera sweep {} runs it",
                                  place_of(file, *node), key, file.path));
    }
  }
}

}  // namespace

std::vector<Assignment> read_config_file(const std::string& path) {
  std::vector<Assignment> assignments;
  for (TomlFile& file : read_toml_files(path)) {
    refuse_sweep(file);
    file.table.erase(kExtends);
    const std::vector<Assignment> own = flattened(file, file.table, "");
    assignments.insert(assignments.end(), own.begin(), own.end());
  }
  return assignments;
}

}  // namespace tessera::cli
