#include <gtest/gtest.h>

#include "tb/unit/vm/world.hpp"

namespace tessera::vm::test {

namespace {

struct Fault : ::testing::TestWithParam<unsigned> {
  World world{GetParam()};
  std::unique_ptr<File> file = world.make_file(64);
};

}  // namespace

TEST_P(Fault, ASharedPageReadFirstCostsOneMoreFaultAndAPageFlushOnItsFirstWrite) {
  world.map_fixed(kBase, 4, file.get(), 0);
  EXPECT_EQ(world.read(ea(kBase)).exceptions, 1U);
  const pte::Raw entry = world.space.lookup(ea(kBase));
  EXPECT_TRUE(pte::is_writable(world.space.format(), entry));
  EXPECT_FALSE(pte::is_dirty(world.space.format(), entry));
  EXPECT_EQ(world.write(ea(kBase + 4), 5).exceptions, 1U);
  EXPECT_EQ(world.counters().flushes_of(FlushCause::Dirty, FlushKind::Page), 1U);
  EXPECT_EQ(world.counters().faults_by_exception, 2U);
  EXPECT_EQ(world.write(ea(kBase + 4), 6).exceptions, 0U);
}

TEST_P(Fault, ASharedPageWrittenFirstComesDirty) {
  world.map_fixed(kBase, 4, file.get(), 0);
  EXPECT_EQ(world.write(ea(kBase + 4), 5).exceptions, 1U);
  EXPECT_EQ(world.hardware.flushes().size(), 0U);
  EXPECT_TRUE(pte::is_dirty(world.space.format(), world.space.lookup(ea(kBase))));
}

TEST_P(Fault, AliasesOfAPageSeeEachOthersWrites) {
  world.map_fixed(kBase, 4, file.get(), 0);
  world.remap(kBase, 1, 9);
  world.remap(kBase + kPage, 1, 9);
  world.write(ea(kBase + 20), 0xdead);
  EXPECT_EQ(world.read(ea(kBase + kPage + 20)).value, 0xdeadU);
}

TEST_P(Fault, AnonymousMemoryReadsAsTheSharedZeroPageUntilItIsWritten) {
  world.map_fixed(kBase, 4, nullptr, 0, kMapPrivate);
  EXPECT_EQ(world.read(ea(kBase)).value, 0U);
  EXPECT_EQ(pte::frame_of(world.space.format(), world.space.lookup(ea(kBase))),
            world.frames.zero_page());
  EXPECT_EQ(world.write(ea(kBase), 5).exceptions, 1U);
  EXPECT_EQ(world.counters().flushes_of(FlushCause::CopyOnWrite, FlushKind::Page), 1U);
  EXPECT_EQ(world.read(ea(kBase)).value, 5U);
  EXPECT_EQ(world.write(ea(kBase + kPage), 6).exceptions, 1U);
  EXPECT_EQ(world.hardware.flushes().size(), 1U);
  EXPECT_EQ(world.read(ea(kBase + 2 * kPage)).value, 0U);
  EXPECT_TRUE(world.space.audit().empty());
}

TEST_P(Fault, APrivateFilePageIsCopiedOnWriteAndTheFileStaysAsItWas) {
  world.map_fixed(kBase, 4, file.get(), 8, kMapPrivate);
  world.map_fixed(kBase + 8 * kPage, 4, file.get(), 8);
  EXPECT_EQ(world.read(ea(kBase)).value, 8U);
  world.write(ea(kBase + 4), 77);
  world.write(ea(kBase + kPage + 4), 78);  // not read before
  EXPECT_EQ(world.read(ea(kBase)).value, 8U);
  EXPECT_EQ(world.read(ea(kBase + 4)).value, 77U);
  EXPECT_EQ(world.read(ea(kBase + kPage)).value, 9U);
  EXPECT_EQ(world.read(ea(kBase + 8 * kPage + 4)).value, 0U);
  EXPECT_TRUE(world.space.audit().empty());
}

TEST_P(Fault, RightsAreCheckedBeforeThePage) {
  world.map_fixed(kBase, 1, file.get(), 100, kMapShared, kProtRead);
  EXPECT_EQ(world.write(ea(kBase), 1).result, FaultResult::AccessError);
  EXPECT_EQ(world.fetch(ea(kBase)).result, FaultResult::AccessError);
  EXPECT_EQ(world.read(ea(kBase)).result, FaultResult::BusError);
  EXPECT_EQ(world.read(ea(kBase + kPage)).result, FaultResult::MapError);
  EXPECT_EQ(world.read(ea(0xc000'0000)).result, FaultResult::MapError);
  EXPECT_EQ(world.counters().segmentation_faults, 4U);
  EXPECT_EQ(world.counters().faults_minor, 0U);
}

TEST_P(Fault, ExecutablePagesCanBeFetched) {
  world.map_fixed(kBase, 1, file.get(), 3, kMapPrivate, kProtRead | kProtExec);
  const Access access = world.fetch(ea(kBase));
  EXPECT_EQ(access.result, FaultResult::Resolved);
  EXPECT_EQ(access.value, 3U);
}

TEST_P(Fault, AWriteOnlyPrivatePageCanBeRead) {
  world.map_fixed(kBase, 1, nullptr, 0, kMapPrivate, kProtWrite);
  EXPECT_EQ(world.read(ea(kBase)).result, FaultResult::Resolved);
}

TEST_P(Fault, AWriteFaultThatFindsNothingToChangeFlushesThePage) {
  world.map_fixed(kBase, 1, file.get(), 0);
  world.write(ea(kBase), 1);
  EXPECT_TRUE(world.space.handle_fault(ea(kBase), FaultAccess::Write).resolved());
  EXPECT_EQ(world.counters().flushes_of(FlushCause::Spurious, FlushKind::Page), 1U);
}

TEST_P(Fault, ExhaustedMemoryIsAnErrorAndNeverAnotherOwnersFrame) {
  World tight(GetParam(), 32, 16);
  tight.map_fixed(kBase, 64, nullptr, 0, kMapPrivate);
  std::uint32_t page = 0;
  while (tight.write(ea(kBase + page * kPage), page).result == FaultResult::Resolved) ++page;
  EXPECT_GE(page, 16U);
  EXPECT_EQ(tight.counters().out_of_memory, 1U);
  for (std::uint32_t back = 0; back < page; ++back) {
    EXPECT_EQ(tight.read(ea(kBase + back * kPage)).value, back);
  }
  EXPECT_TRUE(tight.space.audit().empty());
}

INSTANTIATE_TEST_SUITE_P(BothFormats, Fault, ::testing::Values(32U, 64U));

}  // namespace tessera::vm::test
