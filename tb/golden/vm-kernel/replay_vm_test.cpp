#include <iostream>
#include <string>

#include <gtest/gtest.h>

#include "sw/replay/vm/replay.hpp"
#include "sw/workload/text_source.hpp"

namespace tessera::replay {
namespace {

/// Below this a log was not really replayed: 2,000 operations with four checks each, and three
/// more where flushes were logged.
constexpr std::uint64_t kFewestChecks = 8000;

struct Log {
  const char* name = "";
  unsigned fault_around = 0;  // pages; 0 = the kernel's
  const char* pte_format = "";
};

Verdict replayed(const Log& log, const char* pte_format) {
  const std::string path = std::string(GOLDEN_VM_LOGS) + "/" + log.name + ".log.zst";
  VmReplayChoices choices;
  choices.pte_format = pte_format;
  if (log.fault_around != 0) choices.fault_around = PageCount(log.fault_around);
  Verdict result = replay_vm(workload::read_text(path), log.name, choices);
  std::cout << log.name << ": " << result.operations << " operations, " << result.checks
            << " checks\n";
  EXPECT_GE(result.checks, kFewestChecks);
  return result;
}

class GoldenLog : public testing::TestWithParam<Log> {};

TEST_P(GoldenLog, IsReproducedWithoutAMismatch) {
  const Verdict result = replayed(GetParam(), GetParam().pte_format);
  for (const std::string& report : result.reports) ADD_FAILURE() << report;
  EXPECT_EQ(result.mismatches, 0U);
}

INSTANTIATE_TEST_SUITE_P(
    Logs, GoldenLog,
    testing::Values(Log{"k3.8.13.s1.p0.tmpfs"}, Log{"k3.8.13.s11.p1.ramfs"},
                    Log{"k3.8.13.s12.p1.ext2"}, Log{"k6.1.s1.p0.ext2", 1},
                    Log{"k6.1.s11.p1.tmpfs", 1}, Log{"k6.18.s1.p0.ext4"}, Log{"k6.18.s11.p1.tmpfs"},
                    Log{"k6.18.s117.p1.tmpfs"}, Log{"k6.18.s120.p0.tmpfs"},
                    Log{"k6.18.s204.p0.tmpfs"}, Log{"k6.18.s256.p0.tmpfs"},
                    Log{"k6.18.s273.p0.ext4"}, Log{"k6.18.s404.p1.ext4"},
                    Log{"mutant_none_mask.s11.p1.tmpfs", 0, "fsl64-none-mask"},
                    Log{"mutant_pte_to_pgoff.s11.p1.tmpfs", 0, "fsl64-pte-to-pgoff"}),
    [](const auto& log) {
      std::string name = log.param.name;
      for (char& c : name) {
        if (c == '.') c = '_';
      }
      return name;
    });

/// The two kernels whose macros were broken on purpose are told from the right one.
TEST(GoldenMutants, DifferFromTheUnbrokenFormat) {
  constexpr std::uint64_t kFewestMismatches = 100;
  for (const char* name : {"mutant_none_mask.s11.p1.tmpfs", "mutant_pte_to_pgoff.s11.p1.tmpfs"}) {
    EXPECT_GE(replayed(Log{name}, "").mismatches, kFewestMismatches) << name;
  }
}

}  // namespace
}  // namespace tessera::replay
