#pragma once

#include <cstdint>
#include <string>

#include "tb/unit/vm/world.hpp"

namespace tessera::vm::test {

/// One row of the database-window benchmark (golden dbwin rows; parameters in pages).
struct DbwinRow {
  std::uint32_t file = 16384;
  std::uint32_t window = 0;
  std::uint32_t element = 0;
  std::uint64_t operations = 0;
  std::string method;
  unsigned touch = 0;  ///< 0 none, 1 read, 2 write, >= 3 read and that many random reads
};

struct DbwinResult {
  std::uint64_t done = 0;
  Errno error = Errno::Ok;
  std::uint64_t window_vmas = 0;
  VmCounters before;  ///< counters at the start of the loop
  VmCounters after;
};

/// Maps the window among six other VMAs, as the recorded process had, and runs the loop.
DbwinResult run_dbwin(World& world, File& file, const DbwinRow& row);

}  // namespace tessera::vm::test
