#include "sw/semantics/check.hpp"
#include "sw/semantics/outcome.hpp"

/// What a remapped page remembers when it is not present, and in a child.
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

std::string fork_inherits(Process& process) {
  process.reverse();
  return verdict(process.is_reversed() && process.is_reversed_to_a_child());
}

std::string fork_inherits_nonpresent(Process& process) {
  process.reverse();
  process.forget(0, kWindowPages);
  return verdict(process.is_reversed_to_a_child());
}

}  // namespace

Checks persistence_checks() {
  return {
      {"after_dontneed vmas", "VMAs after madvise(DONTNEED) of the reversed window",
       after_dontneed_vmas},
      {"dontneed_keeps_pgoff", "the pages come back in reverse order after it",
       dontneed_keeps_pgoff},
      {"fork_inherits", "a child sees the pages in reverse order", fork_inherits},
      {"fork_inherits_nonpresent", "the same after madvise(DONTNEED): file PTEs are inherited",
       fork_inherits_nonpresent},
  };
}

}  // namespace tessera::semantics
