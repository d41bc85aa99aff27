#include <gtest/gtest.h>

#include "tb/unit/vm/device.hpp"

// linux-vm.md E: frames that memory management does not look after.
namespace tessera::vm::test {

namespace {

struct Pfn : ::testing::TestWithParam<Mark> {
  Device device{"3.8", GetParam()};
};

}  // namespace

TEST_P(Pfn, FramesOfADeviceAreMappedAtOnceAndCountedNowhere) {
  ASSERT_EQ(device.map(0, 4, kMapShared), Errno::Ok);
  for (std::uint32_t page = 0; page < 4; ++page) {
    EXPECT_EQ(device.user.load(device.at(page)).word, page);
  }
  EXPECT_EQ(device.user.exceptions(), 0U);
  EXPECT_EQ(device.space.residency(device.vma(0)).rss, 0U);
  EXPECT_TRUE(device.space.audit().empty());
}

TEST_P(Pfn, AWriteToASharedMappingGoesToTheDevice) {
  device.map(0, 4, kMapShared);
  device.user.store(device.at(2), 77);
  EXPECT_EQ(device.device_word(2), 77U);
  EXPECT_EQ(device.space.residency(device.vma(0)).rss, 0U);
}

TEST_P(Pfn, AWriteToAPrivateMappingCopiesTheFrame) {
  device.map(0, 4, kMapPrivate);
  EXPECT_EQ(device.vma(0).offset.value(), kDevice);
  device.user.store(device.at(2) + Bytes(4), 77);
  EXPECT_EQ(device.user.load(device.at(2)).word, 2U);  // copied with the rest
  EXPECT_EQ(device.user.load(device.at(2) + Bytes(4)).word, 77U);
  device.user.store(device.at(2), 99);
  EXPECT_EQ(device.device_word(2), 2U);
  EXPECT_EQ(device.space.residency(device.vma(0)).rss, 1U);
  EXPECT_EQ(device.space.residency(device.vma(0)).anon, 1U);
  EXPECT_TRUE(device.space.audit().empty());
}

TEST_P(Pfn, UnmappingFreesTheCopyAndNothingElse) {
  const std::uint64_t owned = device.frames.owned().value();
  device.map(0, 4, kMapPrivate);
  device.user.store(device.at(2), 77);
  EXPECT_EQ(device.space.munmap(device.at(0), 4 * kPage), Errno::Ok);
  EXPECT_EQ(device.frames.owned().value(), owned);
}

// The offset moves and is split with the VMA, and so does what it says of the entries.
TEST_P(Pfn, PagesOfASplitAndMovedMappingAreStillToldApart) {
  device.map(0, 4, kMapPrivate);
  device.user.store(device.at(2), 77);
  const MremapRequest move{device.at(1), 3 * kPage, 3 * kPage, kMremapMaymove | kMremapFixed,
                           device.at(64)};
  ASSERT_TRUE(device.space.mremap(move).ok());
  EXPECT_EQ(device.space.residency(device.vma(64)).rss, 1U);
  EXPECT_EQ(device.space.residency(device.vma(0)).rss, 0U);
  EXPECT_EQ(device.user.load(device.at(65)).word, 77U);
  EXPECT_EQ(device.user.load(device.at(66)).word, 3U);
  EXPECT_TRUE(device.space.audit().empty());
}

// Somebody's page, mapped by its frame: neither its references nor its owner change.
TEST_P(Pfn, APageMappedByItsFrameKeepsItsReferences) {
  const FrameNumber frame = *device.frames.allocate_anonymous();
  device.map(0, 1, kMapShared);
  ASSERT_EQ(device.space.remap_pfn_range(device.at(0), frame, kPage), Errno::Ok);
  const auto child = device.space.fork(Pid(2));
  EXPECT_EQ(device.frames.references(frame), 1U);
  device.space.munmap(device.at(0), kPage);
  EXPECT_TRUE(device.frames.is_owned(frame));
}

TEST_P(Pfn, ForkCopiesTheEntriesAndSharesTheCopies) {
  device.map(0, 2, kMapShared);
  device.map(8, 2, kMapPrivate, 8);
  device.user.store(device.at(9), 77);
  const auto child = device.space.fork(Pid(2));
  UserCode user(*child, device.memory);
  EXPECT_EQ(user.load(device.at(1)).word, 1U);
  EXPECT_EQ(user.load(device.at(8)).word, 8U);
  EXPECT_EQ(user.load(device.at(9)).word, 77U);
  user.store(device.at(9), 78);
  EXPECT_EQ(device.user.load(device.at(9)).word, 77U);
  EXPECT_TRUE(child->audit().empty());
}

TEST_P(Pfn, MixedMappingsHaveFramesWithAndWithoutPages) {
  const auto file =
      std::make_unique<File>("driver", PageCount(8), zero_word, device.frames, device.memory);
  device.space.mmap(
      {device.at(0), 8 * kPage, kProtReadWrite, kMapShared | kMapFixed, file.get(), 0});
  EXPECT_EQ(device.space.insert_pfn(device.at(0), FrameNumber(kDevice)), Errno::Einval);
  ASSERT_EQ(device.space.allow_mixed_map(device.at(0)), Errno::Ok);
  bool fresh = false;
  const FrameNumber page = *file->page(PageOffset(1), fresh);
  EXPECT_EQ(device.space.insert_pfn(device.at(0), FrameNumber(kDevice + 5)), Errno::Ok);
  EXPECT_EQ(device.space.insert_pfn(device.at(1), page), Errno::Ok);
  EXPECT_EQ(device.space.insert_pfn(device.at(1), page), Errno::Ebusy);
  EXPECT_EQ(device.user.load(device.at(0)).word, 5U);
  EXPECT_EQ(device.space.residency(device.vma(0)).rss, 1U);
  EXPECT_TRUE(device.space.audit().empty());
}

// A driver that faults maps a frame when it is touched, and no other.
TEST_P(Pfn, ADriverThatFaultsMapsWhatIsTouched) {
  File faulting{"faulting",    PageCount(1U << 20U), page_index_word,
                device.frames, device.memory,        kFaultingDevice};
  ASSERT_TRUE(device.space
                  .mmap({device.at(0), 4 * kPage, kProtReadWrite, kMapShared | kMapFixed, &faulting,
                         kDevice})
                  .ok());
  EXPECT_EQ(device.space.count_present(), 0U);
  EXPECT_EQ(device.user.load(device.at(2)).word, 2U);
  EXPECT_EQ(device.user.exceptions(), 1U);
  EXPECT_EQ(device.user.load(device.at(2)).word, 2U);
  EXPECT_EQ(device.user.exceptions(), 1U);
  device.user.store(device.at(3), 77);
  EXPECT_EQ(device.device_word(3), 77U);
  EXPECT_EQ(device.space.count_present(), 2U);
  EXPECT_EQ(device.space.residency(device.vma(0)).rss, 0U);
  EXPECT_TRUE(device.space.audit().empty());
  device.space.munmap(device.at(0), 4 * kPage);
}

INSTANTIATE_TEST_SUITE_P(BothMarks, Pfn, ::testing::Values(Mark::SpecialBit, Mark::Offset),
                         [](const auto& mark) {
                           return mark.param == Mark::SpecialBit ? "SpecialBit" : "Offset";
                         });

}  // namespace tessera::vm::test
