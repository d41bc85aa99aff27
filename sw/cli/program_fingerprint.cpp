#include "sw/cli/program_fingerprint.hpp"

#include <fmt/core.h>

#include "model/types/fingerprint.hpp"
#include "sw/workload/text_source.hpp"

namespace tessera::cli {

std::string hex_fingerprint(std::string_view bytes) {
  return fmt::format("{:016x}", fingerprint(bytes));
}

const std::string& program_fingerprint() {
  static const std::string fingerprint = hex_fingerprint(workload::read_text("/proc/self/exe"));
  return fingerprint;
}

}  // namespace tessera::cli
