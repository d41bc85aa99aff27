#include "sw/replay/mmu/replay.hpp"

#include <cstdint>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/mmu/core.hpp"
#include "model/types/user_error.hpp"
#include "sw/machine/engines.hpp"
#include "tb/golden/mmu-qemu/logs.hpp"

namespace tessera::replay {
namespace {

/// Below this a log was not really replayed (README.md).
constexpr std::uint64_t kFewestChecks = 45000;

MmuReplay replay_on_qemu(const std::string& text) {
  return replay_on(*mmu::find_core("qemu"), machine::engines().front(), text);
}

class QemuLog : public testing::TestWithParam<const char*> {};

TEST_P(QemuLog, IsReproducedByEveryEngineWithoutAMismatch) {
  expect_no_mismatch(*mmu::find_core("qemu"), GetParam(), kFewestChecks);
}

INSTANTIATE_TEST_SUITE_P(Logs, QemuLog, testing::Values("m32_s1", "m0_s11", "m8_s19", "m16_s22"),
                         [](const auto& log) { return std::string(log.param); });

constexpr const char* kHeader = "H format=1 seed=1\n";
constexpr const char* kShortLog =
    "H format=1 seed=1\n"
    "E 0 end-of-dump\n"
    "O 0 ld ea=18004118 as=0 pr=0 => res=DTLB srr0=0 srr1=0 esr=0 dear=18004118 hits=0 pid=0 "
    "mas0=1 mas1=80000100 mas2=18004000 mas3=0 mas4=100 mas6=0 mas7=0\n";
constexpr const char* kEnd = "Z done 1\n";

TEST(Replay, FindsAWrongRegisterInALog) {
  std::string text = std::string(kShortLog) + kEnd;
  EXPECT_EQ(replay_on_qemu(text).mismatches, 0U);
  text.replace(text.find("mas2=18004000"), 13, "mas2=18005000");
  const MmuReplay result = replay_on_qemu(text);
  EXPECT_EQ(result.mismatches, 1U);
  EXPECT_THAT(result.reports,
              testing::ElementsAre("a.log:3: mas2: expected 18005000, got 18004000"));
}

TEST(Replay, FindsAnEntryThatTheModelLacks) {
  const std::string text = std::string(kShortLog) +
                           "D 1 tlb=0 set=0 way=0 mas1=80000100 mas2=0 mas3=0 mas7=0\n"
                           "E 1 end-of-dump\n" +
                           kEnd;
  EXPECT_EQ(replay_on_qemu(text).mismatches, 1U);
}

std::string error_of(const std::string& text) {
  try {
    replay_on_qemu(text);
  } catch (const UserError& error) {
    return error.what();
  }
  return "no error";
}

TEST(Replay, SaysThatALogIsCutShort) {
  EXPECT_THAT(error_of(kShortLog), testing::StartsWith("a.log:3: the log is cut off"));
}

TEST(Replay, SaysThatTextIsNoLog) {
  EXPECT_THAT(error_of("hello\n"), testing::StartsWith("a.log:1: this is no log"));
  EXPECT_THAT(error_of(""), testing::StartsWith("a.log:1: this is no log"));
}

TEST(Replay, NamesTheLineThatDoesNotParse) {
  const std::string header = kHeader;
  EXPECT_THAT(error_of(header + "X 1\n"), testing::StartsWith("a.log:2: 'X' is no kind of line"));
  EXPECT_THAT(error_of(header + "O 0 frobnicate => res=ok\n"),
              testing::StartsWith("a.log:2: there is no operation 'frobnicate'"));
  EXPECT_THAT(error_of(header + "O x tlbre\n"),
              testing::StartsWith("a.log:2: 'x' is not a number"));
  EXPECT_THAT(error_of(header + "O 1 mtpid => res=ok\n"),
              testing::StartsWith("a.log:2: there is no val="));
}

}  // namespace
}  // namespace tessera::replay
