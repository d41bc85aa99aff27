#include <cmath>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tb/unit/vm/dbwin.hpp"

namespace tessera::vm::test {

namespace {

// e500mc-mmu.md 5.6: what the TLB-miss handler itself executes, a data refill and a bail-out.
constexpr double kRefill = 47;
constexpr double kBailOut = 34;

struct Recorded {
  DbwinRow row;
  std::uint64_t done = 0;
  std::uint64_t window_vmas = 0;
  std::uint64_t minor_faults = 0;
  std::uint64_t pid_flushes = 0;
  std::uint64_t page_flushes = 0;
  double kernel_instructions = 0;
  double handler_instructions = 0;
  std::uint64_t page_fault_exceptions = 0;
};

Recorded parse(const std::string& line) {
  std::vector<std::string> cells;
  std::istringstream stream(line);
  for (std::string cell; std::getline(stream, cell, ',');) cells.push_back(cell);
  const auto number = [&](std::size_t cell) { return std::stoull(cells.at(cell)); };
  Recorded r;
  r.row.window = static_cast<std::uint32_t>(number(0));
  r.row.element = static_cast<std::uint32_t>(number(1));
  r.row.operations = number(2);
  r.row.method = cells.at(3);
  r.row.touch = static_cast<unsigned>(number(4));
  r.done = number(5);
  r.window_vmas = number(6);
  r.minor_faults = number(7);
  r.pid_flushes = number(8);
  r.page_flushes = number(9);
  r.kernel_instructions = std::stod(cells.at(10));
  const double refills = std::stod(cells.at(11));
  const double misses = std::stod(cells.at(12)) + std::stod(cells.at(13));
  r.handler_instructions = kRefill * refills + kBailOut * (misses - refills);
  r.page_fault_exceptions = number(14);
  return r;
}

std::vector<Recorded> read_rows() {
  std::ifstream file(TESSERA_DBWIN_ROWS);
  std::vector<Recorded> rows;
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) rows.push_back(parse(line));
  return rows;
}

struct Replay {
  World world{64, 32768, 8192};
  std::unique_ptr<File> file = world.make_file(16384);
  DbwinResult result;

  explicit Replay(const DbwinRow& row) {
    bool fresh = false;
    for (std::uint64_t page = 0; page < row.file; ++page) file->page(PageOffset(page), fresh);
    result = run_dbwin(world, *file, row);
  }
};

std::string describe(const DbwinRow& row) {
  return row.method + " W=" + std::to_string(row.window) + " E=" + std::to_string(row.element) +
         " touch=" + std::to_string(row.touch);
}

void expect_counts(const Recorded& recorded, const DbwinResult& result) {
  const VmCounters& before = result.before;
  const VmCounters& after = result.after;
  EXPECT_EQ(result.done, recorded.done);
  EXPECT_EQ(result.window_vmas, recorded.window_vmas);
  EXPECT_EQ(after.flushes_of(FlushKind::Pid) - before.flushes_of(FlushKind::Pid),
            recorded.pid_flushes);
  EXPECT_EQ(after.flushes_of(FlushKind::Page) - before.flushes_of(FlushKind::Page),
            recorded.page_flushes);
  EXPECT_EQ(after.exceptions - before.exceptions, recorded.page_fault_exceptions);
  // The recorded process has one or two faults of its own (linux-vm.md L).
  const std::uint64_t faults = after.faults_minor - before.faults_minor;
  EXPECT_GE(recorded.minor_faults, faults + 1);
  EXPECT_LE(recorded.minor_faults, faults + 2);
}

}  // namespace

// 43 rows of the database-window benchmark on a real 3.8.13, each replayed call by call.
TEST(RecordedRows, AgreeInEveryCountAndWithinFivePercentInKernelInstructions) {
  unsigned counts_checked = 0;
  unsigned costs_checked = 0;
  const auto rows = read_rows();
  for (std::size_t index = 0; index < rows.size(); ++index) {
    const Recorded& recorded = rows[index];
    SCOPED_TRACE(describe(recorded.row));
    const Replay replay(recorded.row);
    expect_counts(recorded, replay.result);
    ++counts_checked;
    const bool was_fitted = index % 2 == 0;
    if (was_fitted || recorded.kernel_instructions < 1e6) continue;
    const auto vm =
        static_cast<double>(replay.result.after.instructions - replay.result.before.instructions);
    const double total = vm + recorded.handler_instructions;
    EXPECT_NEAR(total / recorded.kernel_instructions, 1.0, 0.05);
    ++costs_checked;
  }
  EXPECT_EQ(counts_checked, 43U);
  EXPECT_GE(costs_checked, 18U);
}

// linux-vm.md L: mmap refuses at more than 65530 VMAs, a cut at 65530 or more.
TEST(RecordedRows, AtMaxMapCountNothingCanBeCutAndNothingChanges) {
  const DbwinRow row{16384, 131072, 1, 100000, "mmap", 0};
  Replay replay(row);
  World& world = replay.world;
  EXPECT_EQ(replay.result.error, Errno::Enomem);
  EXPECT_EQ(world.counters().vmas, 65531U);
  EXPECT_EQ(world.counters().vmas_peak, 65531U);
  EXPECT_EQ(world.space.munmap(ea(0x1000'1000), kPage), Errno::Enomem);
  EXPECT_EQ(world.counters().vmas, 65531U);
  EXPECT_EQ(world.space.munmap(ea(0x1000'0000), kPage), Errno::Ok);  // trims, needs no VMA
  EXPECT_EQ(world.space.munmap(ea(0x1010'0000), 4 * kPage), Errno::Ok);
  EXPECT_EQ(world.counters().vmas, 65530U);
  EXPECT_EQ(world.space.munmap(ea(0x1020'1000), kPage), Errno::Enomem);  // ">="
  EXPECT_TRUE(world.map_fixed(0x1010'0000, 1, nullptr, 0, kMapPrivate).ok());
  EXPECT_TRUE(world.space.audit().empty());
}

}  // namespace tessera::vm::test
