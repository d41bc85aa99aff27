#include "sw/report/temporary_folder.hpp"

#include <cstdlib>

#include <fmt/format.h>

#include "model/types/user_error.hpp"

namespace tessera::report {

TemporaryFolder::TemporaryFolder() {
  std::error_code error;
  const std::filesystem::path parent = std::filesystem::temp_directory_path(error);
  std::string name = (parent / "tessera-XXXXXX").string();
  if (error || mkdtemp(name.data()) == nullptr) {
    throw UserError(fmt::format("no folder can be made in '{}'; set TMPDIR to a writable folder",
                                error ? "TMPDIR" : parent.string()));
  }
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace tessera::report
