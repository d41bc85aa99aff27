#include "sw/semantics/check.hpp"
#include "sw/semantics/outcome.hpp"

/// The file loses pages under a remapped window.
namespace tessera::semantics {

namespace {

constexpr unsigned kKeptPages = 16;

bool is_resolved(const vm::UserAccess& access, std::uint32_t word) {
  return access.result == vm::FaultResult::Resolved && access.word == word;
}

// The reversed window over a cut file: pages that are left show themselves.
bool shows_cut_file(Process& process, bool (*lost)(const vm::UserAccess&)) {
  bool good = true;
  for (unsigned page = 0; page < kWindowPages; ++page) {
    const unsigned pgoff = kWindowPages - 1 - page;
    const vm::UserAccess access = process.read(page);
    good = (pgoff < kKeptPages ? is_resolved(access, kFirstWord + pgoff) : lost(access)) && good;
  }
  return good;
}

bool cut(Process& process) {
  process.reverse();
  process.file().truncate(PageCount(kKeptPages));
  return shows_cut_file(process, [](const vm::UserAccess& access) {
    return access.result == vm::FaultResult::BusError;
  });
}

std::string truncate_sigbus(Process& process) { return verdict(cut(process)); }

std::string truncate_vmas(Process& process) {
  cut(process);
  return vmas_of(process);
}

std::string truncate_extend(Process& process) {
  cut(process);
  process.file().truncate(PageCount(kWindowPages));
  return verdict(
      shows_cut_file(process, [](const vm::UserAccess& access) { return is_resolved(access, 0); }));
}

}  // namespace

Checks truncate_checks() {
  return {
      {"truncate_sigbus", "pages cut off raise SIGBUS where they were remapped to",
       truncate_sigbus},
      {"truncate vmas", "VMAs after it", truncate_vmas},
      {"truncate_extend_zero_keeps_pgoff", "pages regained are zero, in the same places",
       truncate_extend},
  };
}

}  // namespace tessera::semantics
