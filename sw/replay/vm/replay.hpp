#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sw/replay/verdict.hpp"
#include "sw/replay/vm/log_header.hpp"
#include "sw/replay/vm/logger_process.hpp"

namespace tessera::replay {

/// What the user said about the logs; what is missing comes from each log's header.
struct VmReplayChoices {
  std::string kernel;                     ///< "" = that of the log
  std::string file_system;                ///< "" = that of the log
  std::string pte_format;                 ///< "" = that of the kernel
  std::optional<PageCount> fault_around;  ///< 1 = off; none = the kernel's
  std::optional<PageCount> readahead;     ///< 0 = off; none = the file system's
};

/// The machine a log was recorded on, with the user's choices. Throws UserError if there is no
/// such kernel, file system or PTE format, and UnusableLine on an unknown machine.
LoggerMachine machine_of(const VmLogHeader& header, const VmReplayChoices& choices);

/// Performs all operations of a log (tb/golden/vm-kernel/FORMAT.md) on the VM layer and compares
/// all that it says of them, TLB misses apart. A mismatch ends nothing, but what follows may
/// differ because of it. `log` is what messages call the log. Throws UserError with log:line on
/// text that is no such log, and on a log that is cut off.
Verdict replay_vm(std::string_view text, const std::string& log, const VmReplayChoices& choices);

/// What is not compared and why, a line each.
const std::vector<std::string_view>& vm_masks();

}  // namespace tessera::replay
