#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "sw/machine/run.hpp"
#include "tb/golden/vm-kernel/golden_rows.hpp"

namespace tessera::golden {

/// One file of golden rows: a kernel that ran dbwin.
struct DbwinSet {
  const char* file = "";
  const char* kernel = "";  ///< vm::find_kernel's name
  unsigned pte_bits = 0;
  /// Faults of the measuring process itself in the file's first row; 1 in all others
  /// (linux-vm.md L).
  std::uint64_t first_own_faults = 1;
  /// The row in which 2 pages were written to by something else, or none (linux-vm.md L).
  const char* stray_row = "";
  /// How far kernel instructions may be off in the rows the costs were not fitted to, as a
  /// fraction; 0 if they were fitted to another file.
  double instructions_tolerance = 0;
};

/// All files.
const std::vector<DbwinSet>& dbwin_sets();

/// "Linux 6.1, 64-bit PTEs".
std::string name(const DbwinSet& set);
std::ostream& operator<<(std::ostream& out, const DbwinSet& set);  ///< its name, for GoogleTest

/// dbwin with the row's parameters on a machine like the set's.
machine::RunResult simulate(const DbwinSet& set, const GoldenRow& row);

}  // namespace tessera::golden
