#include <fmt/format.h>

#include "sw/semantics/check.hpp"
#include "sw/semantics/outcome.hpp"

/// Pages in another order: what they show, and when they are faulted in.
namespace tessera::semantics {

namespace {

// The order of LTP's remap_file_pages01: pairs of pages, last pair first.
bool reverse_pairs(Process& process) {
  bool good = true;
  for (unsigned page = 0; page < kWindowPages; page += 2) {
    good = process.remap(page, 2, kWindowPages - page - 2) == vm::Errno::Ok && good;
  }
  for (unsigned page = 0; page < kWindowPages; ++page) {
    good = process.shows(page, kWindowPages - 2 - (page & ~1U) + (page & 1U)) && good;
  }
  return good;
}

std::string ltp01_reverse(Process& process) { return verdict(reverse_pairs(process)); }

std::string ltp01_reverse_vmas(Process& process) {
  reverse_pairs(process);
  return vmas_of(process);
}

std::string nonblock_before_touch_vmas(Process& process) {
  process.reverse(vm::kMapNonblock);
  return vmas_of(process);
}

std::string nonblock_reverse(Process& process) {
  process.reverse(vm::kMapNonblock);
  const std::uint64_t before = process.minor_faults();
  const bool good = process.is_reversed();
  return verdict(
      good, fmt::format("touch_minflt={} of {}", process.minor_faults() - before, kWindowPages));
}

std::string nonblock_after_touch_vmas(Process& process) {
  process.reverse(vm::kMapNonblock);
  process.is_reversed();
  return vmas_of(process);
}

std::string populate(Process& process) {
  constexpr unsigned kPages = 8;
  constexpr unsigned kOffset = 16;
  const std::uint64_t before = process.minor_faults();
  bool good = process.remap(0, kPages, kOffset) == vm::Errno::Ok;
  const std::uint64_t after_call = process.minor_faults();
  for (unsigned page = 0; page < kPages; ++page) {
    good = process.shows(page, kOffset + page) && good;
  }
  return verdict(good, fmt::format("call_minflt={} touch_minflt={}", after_call - before,
                                   process.minor_faults() - after_call));
}

std::string identity(Process& process) {
  const vm::Errno error = process.remap(4, 4, 4);
  return verdict(error == vm::Errno::Ok, returned(error));
}

std::string identity_vmas(Process& process) {
  process.remap(4, 4, 4);
  return vmas_of(process);
}

bool go_and_come_back(Process& process) {
  bool good = process.remap(4, 4, 20) == vm::Errno::Ok;
  good = process.remap(4, 4, 4) == vm::Errno::Ok && good;
  for (unsigned page = 0; page < kWindowPages; ++page) good = process.shows(page, page) && good;
  return good;
}

std::string back_to_linear(Process& process) { return verdict(go_and_come_back(process)); }

std::string back_to_linear_vmas(Process& process) {
  go_and_come_back(process);
  return vmas_of(process);
}

std::string alias_write(Process& process) {
  constexpr PageOffset kShared{9};
  constexpr unsigned kWord = 5;
  constexpr std::uint32_t kWritten = 0xdead;
  process.remap(0, 1, kShared.value());
  process.remap(1, 1, kShared.value());
  process.write_word(0, kWord, kWritten);
  return verdict(process.read_word(1, kWord).word == kWritten &&
                 process.read_file(kShared, kWord) == kWritten);
}

}  // namespace

Checks order_checks() {
  return {
      {"ltp01_reverse", "pairs of pages in reverse order show what they should", ltp01_reverse},
      {"ltp01_reverse vmas", "VMAs after it", ltp01_reverse_vmas},
      {"nonblock_before_touch vmas", "VMAs after reversing single pages with MAP_NONBLOCK",
       nonblock_before_touch_vmas},
      {"nonblock_reverse", "touching them then shows the right pages, at so many faults",
       nonblock_reverse},
      {"nonblock_after_touch vmas", "VMAs after the touch", nonblock_after_touch_vmas},
      {"populate", "without MAP_NONBLOCK the call takes the faults and the touch takes none",
       populate},
      {"identity", "remapping pages of a linear VMA to where they are", identity},
      {"identity vmas", "VMAs after it: was anything faulted in?", identity_vmas},
      {"back_to_linear", "pages remapped away and back show themselves", back_to_linear},
      {"back_to_linear vmas", "VMAs after it: is the VMA still marked nonlinear?",
       back_to_linear_vmas},
      {"alias_write", "two views of one page see one write, and so does read(2)", alias_write},
  };
}

}  // namespace tessera::semantics
