#include <string>

#include <gtest/gtest.h>

#include "tb/unit/vm/huge_world.hpp"

// What cannot be done with huge pages.
namespace tessera::vm::test {

namespace {

struct HugetlbRefused : ::testing::TestWithParam<const char*> {
  HugetlbRefused() {
    world.map(3, kMapShared);
    world.user.store(HugeWorld::at(0), 7);
  }
  ~HugetlbRefused() override {
    EXPECT_EQ(world.user.load(HugeWorld::at(0)).word, 7U);
    EXPECT_TRUE(world.sound());
  }

  HugeWorld world{GetParam()};
};

}  // namespace

// __split_vma.
TEST_P(HugetlbRefused, UnmappingPartOfAPage) {
  EXPECT_EQ(world.space.munmap(HugeWorld::at(0), kPage), Errno::Einval);
  EXPECT_EQ(world.space.munmap(HugeWorld::at(2, kPage), kHuge - kPage), Errno::Einval);
  EXPECT_EQ(world.space.vmas().size(), 1U);
}

TEST_P(HugetlbRefused, ProtectingPartOfAPage) {
  EXPECT_EQ(world.space.mprotect(HugeWorld::at(0), kPage, kProtRead), Errno::Einval);
  EXPECT_EQ(world.space.mprotect(HugeWorld::at(1, kPage), kPage, kProtRead), Errno::Einval);
}

TEST_P(HugetlbRefused, AdviceForPartOfAPage) {
  EXPECT_EQ(world.space.madvise(HugeWorld::at(0), kPage, Advice::Random), Errno::Einval);
}

// linux-vm.md D1 row 23: the unmapping fails, whatever the reason.
TEST_P(HugetlbRefused, MappingOverPartOfAPage) {
  const unsigned flags = kMapPrivate | kMapAnonymous | kMapFixed;
  EXPECT_EQ(world.space.mmap({HugeWorld::at(0), kPage, kProtRead, flags}).error, Errno::Enomem);
}

// linux-vm.md C, row madvise.
TEST_P(HugetlbRefused, DiscardingPages) {
  EXPECT_EQ(world.space.madvise(HugeWorld::at(0), kHuge, Advice::DontNeed), Errno::Einval);
  EXPECT_EQ(world.space.madvise(HugeWorld::at(0), kHuge, Advice::Remove), Errno::Einval);
}

// linux-vm.md A4 rows 7 and 8: hugetlbfs cannot.
TEST_P(HugetlbRefused, RemapFilePages) {
  EXPECT_EQ(world.space.remap_file_pages(HugeWorld::at(0), kHuge, 0, 1024, 0), Errno::Einval);
}

// vma_to_resize; shrinking is an unmapping.
TEST_P(HugetlbRefused, MovingAndGrowing) {
  const EffectiveAddress start = HugeWorld::at(0);
  EXPECT_EQ(world.space.mremap({start, 3 * kHuge, 4 * kHuge, kMremapMaymove, ea(0)}).error,
            Errno::Einval);
  const unsigned fixed = kMremapMaymove | kMremapFixed;
  EXPECT_EQ(world.space.mremap({start, 3 * kHuge, 3 * kHuge, fixed, HugeWorld::at(8)}).error,
            Errno::Einval);
  EXPECT_EQ(world.space.mremap({start, 3 * kHuge, 3 * kHuge - kPage, 0, ea(0)}).error,
            Errno::Einval);
  EXPECT_EQ(world.space.mremap({start, 3 * kHuge, 2 * kHuge, 0, ea(0)}).error, Errno::Ok);
}

// mlock_fixup: no VM_LOCKED, but the pages come.
TEST_P(HugetlbRefused, Locking) {
  EXPECT_EQ(world.space.mlock(HugeWorld::at(0), 2 * kHuge), Errno::Ok);
  EXPECT_FALSE(world.space.vmas().begin()->second.locked);
  EXPECT_EQ(world.space.counters().huge_pages, 2U);
}

TEST_P(HugetlbRefused, SwappingOut) {
  SwapArea swap(PageCount(8));
  world.space.use_swap(swap);
  EXPECT_FALSE(world.space.swap_out(HugeWorld::at(0)));
}

// No driver maps frames into such a VMA: our choice.
TEST_P(HugetlbRefused, MappingFramesOfADevice) {
  EXPECT_EQ(world.space.remap_pfn_range(HugeWorld::at(0), FrameNumber(0x9000), 3 * kHuge),
            Errno::Einval);
  EXPECT_EQ(world.space.allow_mixed_map(HugeWorld::at(0)), Errno::Einval);
  EXPECT_EQ(world.space.insert_pfn(HugeWorld::at(1), FrameNumber(0x9000)), Errno::Einval);
}

INSTANTIATE_TEST_SUITE_P(Kernels, HugetlbRefused,
                         ::testing::Values("3.8", "3.18", "4.1", "6.1", "6.6"),
                         [](const auto& kernel) {
                           std::string name = kernel.param;
                           name.replace(name.find('.'), 1, "_");
                           return name;
                         });

}  // namespace tessera::vm::test
