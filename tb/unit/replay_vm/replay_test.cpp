#include "sw/replay/vm/replay.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/types/user_error.hpp"

namespace tessera::replay {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

std::string header(int operations, const std::string& kernel = "3.8.13") {
  return "# vmlog 1 seed=1 nops=" + std::to_string(operations) +
         " profile=0 fs=tmpfs kernel=" + kernel +
         " machine=ppc page=4096 win=64 fileA=80 fileB=24\n";
}

constexpr const char* kMap =
    "0 mmap p=0 n=64 prot=rw type=sh file=A off=0 fix=fixed -> 0 f=0,0 t=0,0,0,1 "
    "V=1{0-64:rw-:s:A:0:0/0:S}\n";
constexpr const char* kRead = "1 rd p=29 -> A29,0 f=1,0 t=0,0,1,4 V=1{0-64:rw-:s:A:0:1/0:S}\n";
constexpr const char* kEnd = "# end\n";

Verdict replay(const std::string& text) { return replay_vm(text, "a.log", {}); }

std::string error_of(const std::string& text, const VmReplayChoices& choices = {}) {
  try {
    replay_vm(text, "a.log", choices);
  } catch (const UserError& error) {
    return error.what();
  }
  return "no error";
}

TEST(VmReplay, FindsNothingWhereAllAgrees) {
  const Verdict result = replay(header(2) + kMap + kRead + kEnd);
  EXPECT_THAT(result.reports, ElementsAre());
  EXPECT_EQ(result.operations, 2U);
  EXPECT_EQ(result.checks, 14U);
  EXPECT_EQ(result.mismatches, 0U);
}

TEST(VmReplay, FindsEveryKindOfDifference) {
  const std::string wrong = "1 rd p=29 -> A30,0 f=2,3 t=4,5,6,0 V=1{0-64:rw-:s:A:0:7/0:S}\n";
  const Verdict result = replay(header(2) + kMap + wrong + kEnd);
  EXPECT_EQ(result.mismatches, 7U);
  EXPECT_THAT(result.reports, ElementsAre("a.log:3: result: expected A30,0, got A29,0",
                                          "a.log:3: minor faults: expected 2, got 1",
                                          "a.log:3: major faults: expected 3, got 0",
                                          "a.log:3: PID flushes: expected 4, got 0",
                                          "a.log:3: VA flushes: expected 5, got 0",
                                          "a.log:3: DSI and ISI: expected 6, got 1",
                                          "a.log:3: VMAs: expected {0-64:rw-:s:A:0:7/0:S}, got "
                                          "{0-64:rw-:s:A:0:1/0:S}"));
}

TEST(VmReplay, ComparesWhatMincoreSays) {
  const std::string line = "1 mincore p=0 n=2 -> 0 vec=10 f=0,0 t=0,0,0,0 V==\n";
  EXPECT_THAT(replay(header(2) + kMap + line + kEnd).reports,
              ElementsAre("a.log:3: vec: expected 10, got 11"));
}

TEST(VmReplay, UnmapsWhatTheKernelPutOutsideTheWindow) {
  const std::string twice =
      "1 mmap p=3 n=2 prot=r type=sh file=A off=0 fix=hint -> OUT f=0,0 t=0,0,0,0 V==\n"
      "2 mmap p=3 n=2 prot=r type=sh file=A off=0 fix=hint -> OUT f=0,0 t=0,0,0,0 V==\n";
  EXPECT_THAT(replay(header(3) + kMap + twice + kEnd).reports, ElementsAre());
}

TEST(VmReplay, SaysThatALogIsCutShort) {
  EXPECT_THAT(error_of(header(2) + kMap), StartsWith("a.log:2: the log is cut off"));
  EXPECT_THAT(error_of(header(2) + kMap + kEnd), StartsWith("a.log:3: the log has 1 operations"));
  EXPECT_THAT(error_of(header(2) + kRead), StartsWith("a.log:2: operation 1 stands where 0"));
  EXPECT_THAT(error_of(header(1) + kMap + kEnd + kMap), StartsWith("a.log:4: text behind"));
}

TEST(VmReplay, SaysThatTextIsNoLog) {
  EXPECT_THAT(error_of("hello\n"), StartsWith("a.log:1: this is no log of VM operations"));
  EXPECT_THAT(error_of(""), StartsWith("a.log:1: this is no log of VM operations"));
}

TEST(VmReplay, NamesTheLineThatDoesNotParse) {
  const std::string begin = header(2) + kMap;
  EXPECT_THAT(error_of(begin + "what\n"), StartsWith("a.log:3: an operation is"));
  EXPECT_THAT(error_of(begin + "1 frob p=1 -> 0 f=0,0 V==\n"),
              StartsWith("a.log:3: there is no operation 'frob'"));
  EXPECT_THAT(error_of(begin + "1 munmap p=1 -> 0 f=0,0 V==\n"),
              StartsWith("a.log:3: there is no n="));
  EXPECT_THAT(error_of(begin + "1 munmap p=1 n=2 bad=x -> 0 f=0,0 V==\n"),
              StartsWith("a.log:3: there is no bad=x"));
  EXPECT_THAT(error_of(begin + "1 mprotect p=1 n=2 prot=q -> 0 f=0,0 V==\n"),
              StartsWith("a.log:3: 'q' has a letter"));
}

TEST(VmReplay, RefusesOperationsOutsideTheWindow) {
  const std::string begin = header(2) + kMap;
  EXPECT_THAT(error_of(begin + "1 munmap p=60 n=5 -> 0 f=0,0 V==\n"),
              StartsWith("a.log:3: 5 pages from page 60 are not in the window of 64 pages"));
  EXPECT_THAT(error_of(begin + "1 rd p=64 -> A0,0 f=0,0 V==\n"),
              StartsWith("a.log:3: page 64 is not in the window"));
  EXPECT_THAT(error_of(begin + "1 mremap p=0 n=1 nn=65 fl=M q=-1 -> 0 f=0,0 V==\n"),
              StartsWith("a.log:3: 65 pages are more than the window's 64"));
}

TEST(VmReplay, ListsTheKernelsWhenItDoesNotKnowTheLogs) {
  const std::string log = header(1, "5.4.2") + kMap + kEnd;
  EXPECT_THAT(error_of(log), StartsWith("a.log:1: kernel 5.4.2 is not known"));
  EXPECT_THAT(error_of(log), HasSubstr("3.8"));
  VmReplayChoices choices;
  choices.kernel = "3.8";
  EXPECT_EQ(replay_vm(log, "a.log", choices).mismatches, 0U);
  choices.file_system = "xfs";
  EXPECT_THAT(error_of(log, choices), StartsWith("no file system 'xfs'; there is"));
  choices.pte_format = "alpha";
  EXPECT_THAT(error_of(log, choices), StartsWith("no PTE format 'alpha'; there is"));
  choices.kernel = "3.9";
  EXPECT_THAT(error_of(log, choices), StartsWith("no kernel '3.9'; there is"));
}

}  // namespace
}  // namespace tessera::replay
