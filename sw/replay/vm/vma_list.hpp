#pragma once

#include <string>

#include "sw/vm/address_space.hpp"

namespace tessera::replay {

/// The VMAs of the window as the logs write them, with a space between each two:
/// "<start>-<end>:<rwx>:<s|p>:<file>:<pgoff>:<rss>/<anonymous>:<flags>"
/// (tb/golden/vm-kernel/FORMAT.md). `saturates_offsets`: offsets that do not fit an unsigned
/// long of 32 bits in bytes are shown as the largest one that does (linux-vm.md L, "Logger").
std::string show_vmas(const vm::AddressSpace& space, bool saturates_offsets);

/// Both lists without the VMAs that they have in common at their start and at their end: what
/// differs.
struct VmaDifference {
  std::string expected;
  std::string actual;
};
VmaDifference difference(const std::string& expected, const std::string& actual);

}  // namespace tessera::replay
