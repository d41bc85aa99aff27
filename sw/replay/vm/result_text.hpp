#pragma once

#include <string>

#include "sw/vm/errno.hpp"
#include "sw/vm/system_calls.hpp"

/// Results as the logs write them (tb/golden/vm-kernel/FORMAT.md).
namespace tessera::replay {

/// "0" or "-EINVAL".
std::string result_text(vm::Errno error);

/// "ok", or the signal with its code: "SIGSEGV/1".
std::string result_text(vm::FaultResult result);

}  // namespace tessera::replay
