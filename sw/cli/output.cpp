#include "sw/cli/output.hpp"

#include <cerrno>
#include <cstdio>
#include <system_error>

#include <fmt/core.h>

#include "model/types/user_error.hpp"
#include "sw/report/atomic_file.hpp"

namespace tessera::cli {

void write_output(const std::string& path, const std::string& text) {
  if (!path.empty()) {
    report::write_file(path, text);
    return;
  }
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0) {
    throw UserError(fmt::format("cannot write the report to the standard output: {}",
                                std::generic_category().message(errno)));
  }
}

}  // namespace tessera::cli
