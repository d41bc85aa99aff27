#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tessera::replay {

/// The first line of a log of VM operations (tb/golden/vm-kernel/FORMAT.md).
struct VmLogHeader {
  std::uint64_t operations = 0;  ///< how many follow
  std::string file_system;       ///< "tmpfs" and so on
  std::string kernel_release;    ///< as uname -r: "6.18.44-x"
  std::string machine;           ///< as uname -m: "ppc"
  std::uint64_t window_pages = 0;
  std::uint64_t file_a_pages = 0;
  std::uint64_t file_b_pages = 0;
};

/// Throws UnusableLine (sw/replay/mmu/log_line.hpp) that says what a header begins with.
VmLogHeader parse_vm_header(std::string_view line);

/// The kernel whose version a release begins with: "3.8" for 3.8.13-rc1; the release itself up
/// to its second number, of 2.x to its third, whether we have that kernel or not.
std::string kernel_of_release(std::string_view release);

/// Whether unsigned long has 32 bits there, which decides what large file offsets look like in
/// the logs. Throws UnusableLine on a machine that is neither ppc nor x86_64.
bool has_32_bit_words(std::string_view machine);

}  // namespace tessera::replay
