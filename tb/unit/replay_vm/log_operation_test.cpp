#include "sw/replay/vm/log_operation.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sw/replay/mmu/log_line.hpp"
#include "sw/replay/vm/log_header.hpp"
#include "sw/replay/vm/vma_list.hpp"

namespace tessera::replay {
namespace {

TEST(VmLogOperation, HasItsArgumentsItsOutcomeAndItsVmas) {
  const VmLogOperation operation = parse_vm_operation(
      "7 mmap p=44 n=1 prot=r fix=fixed pop bad=fd -> 44 f=1,2 t=3,4,5,6 V=2{0-1:r:: 2-3:w::}");
  EXPECT_EQ(operation.number, 7U);
  EXPECT_EQ(operation.name, "mmap");
  EXPECT_EQ(operation.arguments.number("p"), 44U);
  EXPECT_EQ(operation.arguments.text("bad"), "fd");
  EXPECT_TRUE(operation.arguments.has("pop"));
  EXPECT_FALSE(operation.arguments.has("fix"));
  EXPECT_EQ(operation.outcome.result, "44");
  EXPECT_EQ(operation.outcome.minor_faults, 1U);
  EXPECT_EQ(operation.outcome.major_faults, 2U);
  ASSERT_TRUE(operation.outcome.flushes.has_value());
  EXPECT_EQ(operation.outcome.flushes->pid_flushes, 3U);
  EXPECT_EQ(operation.outcome.flushes->page_flushes, 4U);
  EXPECT_EQ(operation.outcome.flushes->exceptions, 5U);
  EXPECT_EQ(operation.outcome.vmas, "0-1:r:: 2-3:w::");
}

TEST(VmLogOperation, MayLackFlushesAndLeaveTheVmasAsTheyWere) {
  const VmLogOperation operation = parse_vm_operation("3 mincore p=0 n=2 -> 0 vec=01 f=0,0 V==");
  EXPECT_FALSE(operation.outcome.flushes.has_value());
  EXPECT_TRUE(operation.vmas_unchanged);
  EXPECT_EQ(operation.outcome.residency, "01");
  EXPECT_TRUE(parse_vm_operation("3 munmap p=0 n=2 -> 0 f=0,0 V=0{}").outcome.vmas.empty());
}

TEST(VmLogOperation, MustParse) {
  for (const char* line :
       {"", "hello", "x rd p=1 -> 0 f=0,0 V==", "1 rd p=1 0 f=0,0 V==", "1 rd p=1 -> 0 V==",
        "1 rd p=1 -> 0 f=0 V==", "1 rd p=1 -> 0 f=0,0,0 V==", "1 rd p=1 -> 0 f=0,0",
        "1 rd p=1 -> f=0,0 V==", "1 rd p=1 -> 0 f=0,0 t=1,2,3 V==",
        "1 rd p=1 -> 0 f=0,0 V=2{0-1:r::}",
        "1 rd p=1 -> 0 f=0,0 V=1{0-1:r::", "1 rd p=1 -> 0 f=-1,0 V=="}) {
    EXPECT_THROW(parse_vm_operation(line), UnusableLine) << line;
  }
}

TEST(VmLogHeader, NamesWhatTheLogWasRecordedOn) {
  const VmLogHeader header = parse_vm_header(
      "# vmlog 1 seed=1 nops=2000 profile=0 fs=ext4 kernel=6.18.44-x machine=x86_64 page=4096 "
      "win=64 fileA=80 fileB=24");
  EXPECT_EQ(header.operations, 2000U);
  EXPECT_EQ(header.file_system, "ext4");
  EXPECT_EQ(kernel_of_release(header.kernel_release), "6.18");
  EXPECT_FALSE(has_32_bit_words(header.machine));
  EXPECT_EQ(header.window_pages, 64U);
  EXPECT_EQ(header.file_a_pages, 80U);
  EXPECT_EQ(header.file_b_pages, 24U);
}

TEST(VmLogHeader, KernelIsTheReleaseUpToTheNumberThatTellsKernelsApart) {
  EXPECT_EQ(kernel_of_release("3.8.13"), "3.8");
  EXPECT_EQ(kernel_of_release("6.1.192-rt"), "6.1");
  EXPECT_EQ(kernel_of_release("6.18"), "6.18");
  EXPECT_EQ(kernel_of_release("2.6.11.4"), "2.6.11");
  EXPECT_EQ(kernel_of_release("2.5.42"), "2.5.42");
  EXPECT_EQ(kernel_of_release("7"), "7");
}

TEST(VmaDifference, IsWithoutWhatBothListsShare) {
  const VmaDifference one = difference("a b c d", "a x d");
  EXPECT_EQ(one.expected, "{b c}");
  EXPECT_EQ(one.actual, "{x}");
  const VmaDifference none = difference("a b", "a b");
  EXPECT_EQ(none.expected, none.actual);
  EXPECT_NE(difference("a", "").expected, difference("a", "").actual);
}

}  // namespace
}  // namespace tessera::replay
