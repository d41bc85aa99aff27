#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/pte/layout.hpp"

namespace tessera::pte_lab {

/// A page of the window that shows another page of the file than it should.
struct WrongPage {
  std::uint64_t window_page = 0;
  std::uint64_t expected = 0;
  std::uint64_t found = 0;
};

/// What a program saw through a window that a kernel with this format mapped nonlinearly.
struct Trial {
  std::uint64_t checks = 0;
  std::vector<WrongPage> wrong;  ///< in the order in which they were found
  std::string end;               ///< what ended the run early: "SIGBUS", …; else empty
};

/// LTP's remap_file_pages01 on kernel 3.8 (linux-vm.md H): a window of 16 pages on a file of
/// 1024, two pages remapped at a time, everything read, twice. Throws UserError if the VM layer
/// cannot use the format.
Trial ltp_trial(const pte::Layout& layout);

/// 2000 remaps of one to eight pages, half of them left to faults (MAP_NONBLOCK), in a window of
/// 256 pages on a file of 4096; each read afterwards. The seed decides where; every other one
/// goes to the first 64 pages of the file, where masks do harm. Throws UserError.
Trial random_trial(const pte::Layout& layout, std::uint64_t seed);

}  // namespace tessera::pte_lab
