#pragma once

#include <map>
#include <string>
#include <string_view>

#include "sw/semantics/subject.hpp"

namespace tessera::semantics {

/// What the checks ended with on one real kernel and file system.
struct Recorded {
  std::string source;  ///< "3.8.13 ppc"; empty if that combination was never recorded
  std::map<std::string, std::string, std::less<>> outcomes;  ///< by name of the check
};

/// Reads what rfpsem printed, as far as it is about `file_system`
/// (tb/golden/vm-kernel/programs/README.md). Lines that are none of its own are ignored.
Recorded parse_recorded(std::string_view text, std::string_view file_system);

/// The recording of the kernel, with the very same page table entries if there is one, else with
/// those such kernels have (32-bit and 64-bit entries of the e500 were seen to behave alike:
/// linux-vm.md L).
Recorded recorded_for(const Subject& subject);

}  // namespace tessera::semantics
