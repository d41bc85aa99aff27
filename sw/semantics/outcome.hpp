#pragma once

#include <string>
#include <string_view>

#include "sw/semantics/process.hpp"

/// Outcomes of checks, as the program that put them to real kernels prints them
/// (tb/golden/vm-kernel/programs/rfpsem).
namespace tessera::semantics {

/// "PASS" or "FAIL", with a detail behind it if there is any.
std::string verdict(bool passed, std::string_view detail = "");

/// "ret=0" or "ret=-EINVAL".
std::string returned(vm::Errno error);

/// What a page showed: the number of the file's page, another word as it is, or the signal.
std::string shown(vm::UserAccess access);

/// The VMAs of the window and behind it, as /proc/PID/smaps has them: bounds relative to the
/// window, rights, offset, Rss and, of a nonlinear VMA, the pages that are not linear.
std::string vmas_of(Process& process);

}  // namespace tessera::semantics
