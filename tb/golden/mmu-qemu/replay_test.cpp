#include "tb/golden/mmu-qemu/replay.hpp"

#include <iostream>
#include <string>

#include <gtest/gtest.h>

#include "model/mmu/core.hpp"
#include "model/mmu/transaction_engine.hpp"
#include "sw/workload/text_source.hpp"

namespace tessera::golden {
namespace {

/// Below this a log was not really replayed (README.md).
constexpr std::uint64_t kFewestChecks = 45000;

ReplayResult replay_on_qemu(const std::string& text) {
  const mmu::Core& core = *mmu::find_core("qemu");
  mmu::TransactionEngine engine(core.parameters, core.timing);
  return replay(text, engine);
}

class QemuLog : public testing::TestWithParam<const char*> {};

TEST_P(QemuLog, IsReproducedWithoutAMismatch) {
  const std::string path = std::string(TESSERA_QEMU_LOGS) + "/" + GetParam() + ".log.zst";
  const ReplayResult result = replay_on_qemu(workload::read_text(path));
  std::cout << GetParam() << ": " << result.summary() << "\n";
  for (const std::string& report : result.reports) ADD_FAILURE() << report;
  EXPECT_EQ(result.mismatches, 0U);
  EXPECT_GE(result.checks, kFewestChecks);
  EXPECT_TRUE(result.complete);
}

INSTANTIATE_TEST_SUITE_P(Logs, QemuLog, testing::Values("m32_s1", "m0_s11", "m8_s19", "m16_s22"),
                         [](const auto& log) { return std::string(log.param); });

constexpr const char* kShortLog =
    "E 0 end-of-dump\n"
    "O 0 ld ea=18004118 as=0 pr=0 => res=DTLB srr0=0 srr1=0 esr=0 dear=18004118 hits=0 pid=0 "
    "mas0=1 mas1=80000100 mas2=18004000 mas3=0 mas4=100 mas6=0 mas7=0\n";

TEST(Replay, FindsAWrongRegisterInALog) {
  std::string text = kShortLog;
  EXPECT_EQ(replay_on_qemu(text).mismatches, 0U);
  text.replace(text.find("mas2=18004000"), 13, "mas2=18005000");
  const ReplayResult result = replay_on_qemu(text);
  EXPECT_EQ(result.mismatches, 1U);
  ASSERT_EQ(result.reports.size(), 1U);
  EXPECT_NE(result.reports[0].find("mas2: log 18005000, model 18004000"), std::string::npos);
}

TEST(Replay, FindsAnEntryThatTheModelLacks) {
  const std::string text = std::string(kShortLog) +
                           "D 1 tlb=0 set=0 way=0 mas1=80000100 mas2=0 mas3=0 mas7=0\n"
                           "E 1 end-of-dump\n";
  EXPECT_EQ(replay_on_qemu(text).mismatches, 1U);
}

TEST(Replay, NoticesThatALogIsCutShort) { EXPECT_FALSE(replay_on_qemu(kShortLog).complete); }

TEST(Replay, RefusesTextThatIsNoLog) {
  EXPECT_THROW(replay_on_qemu("hello\n"), std::runtime_error);
  EXPECT_THROW(replay_on_qemu("O 0 frobnicate => res=ok\n"), std::runtime_error);
}

}  // namespace
}  // namespace tessera::golden
