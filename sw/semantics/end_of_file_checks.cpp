#include "sw/semantics/check.hpp"
#include "sw/semantics/outcome.hpp"

/// Offsets behind the end of the file.
namespace tessera::semantics {

namespace {

constexpr std::uint64_t kFarAway = 1000;

vm::Errno remap_past_end(Process& process) { return process.remap(0, 1, kFarAway); }

vm::Errno remap_past_end_nonblock(Process& process) {
  return process.remap(1, 1, kFarAway, vm::kMapNonblock);
}

// The two pages before are past the end already: where VMAs stand for remaps, they are two.
vm::Errno remap_partly(Process& process) {
  remap_past_end(process);
  remap_past_end_nonblock(process);
  return process.remap(0, 4, kWindowPages - 2);
}

std::string past_end(Process& process) { return returned(remap_past_end(process)); }

std::string past_end_touch(Process& process) {
  remap_past_end(process);
  return shown(process.read(0));
}

std::string past_end_nonblock(Process& process) {
  return returned(remap_past_end_nonblock(process));
}

std::string past_end_nonblock_touch(Process& process) {
  remap_past_end_nonblock(process);
  return shown(process.read(1));
}

std::string partly(Process& process) { return returned(remap_partly(process)); }

std::string partly_last_page(Process& process) {
  remap_partly(process);
  return shown(process.read(1));
}

std::string partly_behind(Process& process) {
  remap_partly(process);
  return shown(process.read(2));
}

}  // namespace

Checks end_of_file_checks() {
  return {
      {"pgoff_past_eof", "a page far behind the end of the file", past_end},
      {"pgoff_past_eof_touch", "touching it", past_end_touch},
      {"pgoff_past_eof_nb", "the same with MAP_NONBLOCK", past_end_nonblock},
      {"pgoff_past_eof_nb_touch", "touching it", past_end_nonblock_touch},
      {"partial_past_eof", "four pages, the last two behind the end; the first two were far behind",
       partly},
      {"partial_past_eof_touch1", "touching the second", partly_last_page},
      {"partial_past_eof_touch2", "touching the third", partly_behind},
  };
}

}  // namespace tessera::semantics
