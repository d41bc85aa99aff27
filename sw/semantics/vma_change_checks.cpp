#include <fmt/format.h>

#include "sw/semantics/check.hpp"
#include "sw/semantics/outcome.hpp"

/// mprotect, munmap and mremap of parts of a remapped window.
namespace tessera::semantics {

namespace {

constexpr unsigned kProtectedPage = 8;
constexpr unsigned kHole = 10;
constexpr unsigned kHolePages = 2;
constexpr unsigned kMovedPage = 4;
constexpr unsigned kMovedPages = 4;
constexpr unsigned kTarget = kWindowPages + 4;

vm::Errno protect_part(Process& process) {
  process.reverse();
  const vm::Errno error = process.protect(kProtectedPage, 4, vm::kProtRead);
  return error;
}

std::string mprotect_split(Process& process) {
  const vm::Errno error = protect_part(process);
  const bool good = process.is_reversed() && error == vm::Errno::Ok;
  return verdict(good, "mprotect=" + std::to_string(static_cast<int>(error)));
}

std::string mprotect_split_vmas(Process& process) {
  protect_part(process);
  process.is_reversed();
  return vmas_of(process);
}

std::string across_two_vmas(Process& process) {
  protect_part(process);
  return returned(process.remap(kProtectedPage - 2, 4, 0));
}

std::string mprotect_back_vmas(Process& process) {
  protect_part(process);
  process.is_reversed();
  process.protect(kProtectedPage, 4, vm::kProtReadWrite);
  return vmas_of(process);
}

bool punch_hole(Process& process) {
  process.reverse();
  bool good = process.munmap(kHole, kHolePages) == vm::Errno::Ok;
  for (unsigned page = 0; page < kWindowPages; ++page) {
    const bool gone = page >= kHole && page < kHole + kHolePages;
    good = (gone ? process.read(page).result == vm::FaultResult::MapError
                 : process.shows(page, kWindowPages - 1 - page)) &&
           good;
  }
  return good;
}

std::string munmap_hole(Process& process) { return verdict(punch_hole(process)); }

std::string munmap_hole_vmas(Process& process) {
  punch_hole(process);
  return vmas_of(process);
}

std::string refusal(vm::Errno error) {
  return verdict(error == vm::Errno::Einval, returned(error));
}

std::string over_hole(Process& process) {
  punch_hole(process);
  return refusal(process.remap(kHole - 2, kHolePages + 4, 0));
}

std::string in_hole(Process& process) {
  punch_hole(process);
  return refusal(process.remap(kHole, 1, 0));
}

vm::MmapResult move_part(Process& process) {
  const std::uint64_t length = bytes_of(PageCount(kMovedPages)).value();
  process.reverse();
  return process.space().mremap({page_address(kMovedPage), length, length,
                                 vm::kMremapMaymove | vm::kMremapFixed, page_address(kTarget)});
}

std::string mremap_moves(Process& process) {
  const vm::MmapResult moved = move_part(process);
  bool good = moved.ok() && moved.address == page_address(kTarget);
  for (unsigned i = 0; i < kMovedPages && good; ++i) {
    good = process.shows(kTarget + i, kWindowPages - 1 - kMovedPage - i);
  }
  return verdict(good, moved.ok() ? "" : fmt::format("-{}", vm::name(moved.error)));
}

std::string mremap_vmas(Process& process) {
  move_part(process);
  return vmas_of(process);
}

vm::MmapResult grow_moved(Process& process) {
  move_part(process);
  return process.space().mremap({page_address(kTarget), bytes_of(PageCount(kMovedPages)).value(),
                                 bytes_of(PageCount(kMovedPages + 2)).value(), 0,
                                 EffectiveAddress(0)});
}

std::string mremap_grow(Process& process) {
  const vm::MmapResult grown = grow_moved(process);
  return grown.ok() ? "ret=ok" : returned(grown.error);
}

std::string mremap_grow_contents(Process& process) {
  if (!grow_moved(process).ok()) return "";
  std::string pages;
  for (unsigned i = 0; i < kMovedPages + 2; ++i) {
    pages += (pages.empty() ? "" : " ") + shown(process.read(kTarget + i));
  }
  return pages;
}

}  // namespace

Checks vma_change_checks() {
  return {
      {"mprotect_split", "pages of a VMA that mprotect splits keep their offsets", mprotect_split},
      {"mprotect_split vmas", "VMAs after it", mprotect_split_vmas},
      {"rfp_across_two_vmas", "remapping pages on both sides of the split", across_two_vmas},
      {"mprotect_back vmas", "VMAs after the rights are equal again: do they merge?",
       mprotect_back_vmas},
      {"munmap_hole", "pages beside a hole keep their offsets, pages in it are gone", munmap_hole},
      {"munmap_hole vmas", "VMAs after it", munmap_hole_vmas},
      {"rfp_over_hole", "remapping across the hole is refused", over_hole},
      {"rfp_in_hole", "remapping in the hole is refused", in_hole},
      {"mremap_moves_nonlinear", "pages that mremap moves keep their offsets", mremap_moves},
      {"mremap vmas", "VMAs after it", mremap_vmas},
      {"mremap_grow", "growing the moved part in place", mremap_grow},
      {"mremap_grow_contents", "what its pages show, the new ones last", mremap_grow_contents},
  };
}

}  // namespace tessera::semantics
