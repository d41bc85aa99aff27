#include "sw/semantics/check.hpp"
#include "sw/semantics/outcome.hpp"

/// What a remapped page remembers when it is not present.
namespace tessera::semantics {

namespace {

std::string after_dontneed_vmas(Process& process) {
  process.reverse();
  process.forget(0, kWindowPages);
  return vmas_of(process);
}

std::string dontneed_keeps_pgoff(Process& process) {
  process.reverse();
  const bool forgotten = process.forget(0, kWindowPages) == vm::Errno::Ok;
  return verdict(process.is_reversed() && forgotten);
}

}  // namespace

Checks persistence_checks() {
  return {
      {"after_dontneed vmas", "VMAs after madvise(DONTNEED) of the reversed window",
       after_dontneed_vmas},
      {"dontneed_keeps_pgoff", "the pages come back in reverse order after it",
       dontneed_keeps_pgoff},
  };
}

}  // namespace tessera::semantics
