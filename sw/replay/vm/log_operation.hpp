#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sw/replay/vm/words.hpp"

namespace tessera::replay {

/// What an operation made the MMU's software do; logs of x86 do not have it.
struct FlushCounts {
  std::uint64_t pid_flushes = 0;
  std::uint64_t page_flushes = 0;
  std::uint64_t exceptions = 0;  ///< DSI and ISI, those that ended in a signal included
};

/// Everything a log says of an operation that can be compared.
struct VmOutcome {
  std::string result;     ///< "0", "-EINVAL", "ok", "A7,0", "SIGSEGV/1", "OUT", ...
  std::string residency;  ///< of mincore: a digit a page; empty otherwise
  std::uint64_t minor_faults = 0;
  std::uint64_t major_faults = 0;
  std::optional<FlushCounts> flushes;
  std::string vmas;  ///< the window's VMAs afterwards, separated by spaces
};

/// One operation of a log (tb/golden/vm-kernel/FORMAT.md). It refers to the text it was parsed
/// from.
struct VmLogOperation {
  std::uint64_t number = 0;  ///< the operation's own, from 0
  std::string_view name;     ///< "mmap" and so on
  Words arguments{""};       ///< what stands between the name and "->"
  VmOutcome outcome;         ///< `vmas` is empty if vmas_unchanged
  bool vmas_unchanged = false;
};

/// Throws UnusableLine.
VmLogOperation parse_vm_operation(std::string_view line);

}  // namespace tessera::replay
