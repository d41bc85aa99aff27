#include <fmt/format.h>

#include "sw/semantics/check.hpp"
#include "sw/semantics/outcome.hpp"

/// mlock of a remapped window, and remapping of a locked one.
namespace tessera::semantics {

namespace {

vm::Errno lock_reversed(Process& process) {
  process.reverse(vm::kMapNonblock);
  return process.space().mlock(kWindowBase, bytes_of(PageCount(kWindowPages)).value());
}

std::string mlock_nonlinear(Process& process) {
  const std::uint64_t before = process.minor_faults();
  const vm::Errno error = lock_reversed(process);
  const std::uint64_t faults = process.minor_faults() - before;
  return verdict(process.is_reversed() && error == vm::Errno::Ok,
                 fmt::format("{} minflt={}", returned(error), faults));
}

std::string remap_locked(Process& process) {
  lock_reversed(process);
  const std::uint64_t before = process.minor_faults();
  const vm::Errno error = process.remap(0, 4, 0, vm::kMapNonblock);
  return fmt::format("{} minflt={}", returned(error), process.minor_faults() - before);
}

}  // namespace

Checks lock_checks() {
  return {
      {"mlock_nonlinear", "mlock faults the remapped pages in, not the linear ones",
       mlock_nonlinear},
      {"rfp_nb_on_locked", "remapping locked pages with MAP_NONBLOCK: are they faulted in?",
       remap_locked},
  };
}

}  // namespace tessera::semantics
