#include "sw/replay/vm/log_header.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "sw/replay/mmu/log_line.hpp"
#include "sw/replay/vm/words.hpp"

namespace tessera::replay {

namespace {

constexpr std::string_view kBegin = "# vmlog 1 ";

}  // namespace

VmLogHeader parse_vm_header(std::string_view line) {
  if (line.rfind(kBegin, 0) != 0) {
    throw UnusableLine(
        fmt::format("this is no log of VM operations: one begins with '{}'", kBegin));
  }
  const Words words(line.substr(kBegin.size()));
  VmLogHeader header;
  header.operations = words.number("nops");
  header.file_system = words.text("fs");
  header.kernel_release = words.text("kernel");
  header.machine = words.text("machine");
  header.window_pages = words.number("win");
  header.file_a_pages = words.number("fileA");
  header.file_b_pages = words.number("fileB");
  return header;
}

// Before 3.0 it took three numbers to tell two kernels apart.
std::string kernel_of_release(std::string_view release) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const unsigned numbers = release.rfind("2.", 0) == 0 ? 3 : 2;
  std::size_t end = 0;
  for (unsigned number = 0; number < numbers && end < release.size(); ++number) {
    if (number != 0) ++end;
    while (end < release.size() && is_digit(release[end])) ++end;
  }
  return std::string(release.substr(0, end));
}

bool has_32_bit_words(std::string_view machine) {
  if (machine == "ppc") return true;
  if (machine == "x86_64") return false;
  throw UnusableLine(fmt::format("machine '{}' is neither ppc nor x86_64", machine));
}

}  // namespace tessera::replay
