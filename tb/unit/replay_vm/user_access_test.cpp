#include "sw/vm/user_access.hpp"

#include <gtest/gtest.h>

#include "sw/vm/plain_memory.hpp"

namespace tessera::vm {
namespace {

constexpr EffectiveAddress kPage(0x2000'0000);
constexpr Bytes kWord(4);

struct Process {
  explicit Process(const char* format)
      : frames(FrameNumber(1), FrameNumber(0x400), FrameNumber(0x1000)),
        file("A", PageCount(1), page_index_word, frames, memory, kTmpfs),
        space(*find_kernel("3.8"), *pte::find_format(format), frames, memory, Pid(1)),
        user(space, memory) {}

  void map(unsigned protection) {
    ASSERT_TRUE(space.mmap({kPage, 4096, protection, kMapShared | kMapFixed, &file}).ok());
  }

  PlainMemory memory;
  FrameAllocator frames;
  File file;
  AddressSpace space;
  UserCode user;
};

TEST(UserAccess, FirstWriteAfterAReadFaultsOnceMoreWhereSoftwareKeepsTheDirtyBit) {
  for (const char* format : {"fsl32", "fsl64"}) {
    SCOPED_TRACE(format);
    Process process(format);
    process.map(kProtReadWrite);
    process.user.load(kPage);
    EXPECT_EQ(process.user.exceptions(), 1U);
    process.user.store(kPage + kWord, 5);
    EXPECT_EQ(process.user.exceptions(), 2U);
    EXPECT_EQ(process.memory.page_flushes(), 1U);
    process.user.store(kPage + kWord, 6);
    EXPECT_EQ(process.user.exceptions(), 2U);
    EXPECT_EQ(process.user.load(kPage + kWord).word, 6U);
  }
}

TEST(UserAccess, HardwareThatKeepsTheDirtyBitTakesNoSecondFault) {
  Process process("x86-64");
  process.map(kProtReadWrite);
  process.user.load(kPage);
  EXPECT_FALSE(pte::is_dirty(process.space.format(), process.space.lookup(kPage)));
  process.user.store(kPage + kWord, 5);
  EXPECT_EQ(process.user.exceptions(), 1U);
  EXPECT_TRUE(pte::is_dirty(process.space.format(), process.space.lookup(kPage)));
  EXPECT_EQ(process.user.load(kPage + kWord).word, 5U);
}

TEST(UserAccess, EndsInTheSignalTheKernelSends) {
  for (const char* format : {"fsl32", "fsl64", "x86-64"}) {
    SCOPED_TRACE(format);
    Process process(format);
    EXPECT_EQ(process.user.load(kPage).result, FaultResult::MapError);
    process.map(kProtRead);
    EXPECT_EQ(process.user.load(kPage).result, FaultResult::Resolved);
    EXPECT_EQ(process.user.store(kPage, 1).result, FaultResult::AccessError);
    EXPECT_EQ(process.user.exceptions(), 3U);
    process.map(kProtNone);
    EXPECT_EQ(process.user.load(kPage).result, FaultResult::AccessError);
  }
}

TEST(PlainMemory, ForgetsNothingAndCopiesWholeFrames) {
  PlainMemory memory;
  const FrameNumber one(7);
  const FrameNumber two(9);
  memory.fill_frame(one, 3);
  memory.store_word(address_of(one) + Bytes(4092), 8);
  memory.copy_frame(one, two);
  memory.fill_frame(one, 0);
  EXPECT_EQ(memory.peek_word(address_of(one) + Bytes(4092)), 0U);
  EXPECT_EQ(memory.peek_word(address_of(two)), 3U);
  EXPECT_EQ(memory.load_word(address_of(two) + Bytes(4092)), 8U);
  EXPECT_THROW(memory.peek_word(RealAddress(2)), std::logic_error);
}

}  // namespace
}  // namespace tessera::vm
