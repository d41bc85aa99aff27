#include <gtest/gtest.h>

#include "tb/unit/vm/world.hpp"

namespace tessera::vm::test {

namespace {

// Named checks recorded on a real 3.8.13 (tmpfs); test names are the recorded names.
constexpr std::uint32_t kProgramBase = 0x2800'0000;
constexpr std::uint32_t kPages = 32;

struct Rfpsem : ::testing::TestWithParam<unsigned> {
  World world{GetParam()};
  std::unique_ptr<File> file = world.make_file(kPages);

  void SetUp() override { world.map_fixed(kProgramBase, kPages, file.get(), 0); }
  std::uint32_t read(std::uint32_t page) {
    return world.read(ea(kProgramBase + page * kPage)).value;
  }
  void reverse() {
    for (std::uint32_t page = 0; page < kPages; ++page) {
      ASSERT_EQ(world.remap(kProgramBase + page * kPage, 1, kPages - 1 - page), Errno::Ok);
    }
  }
  std::uint64_t resident() const { return world.space.count_present(); }
};

}  // namespace

TEST_P(Rfpsem, ltp01_reverse) {
  for (std::uint32_t page = 0; page < kPages; page += 2) {
    EXPECT_EQ(world.remap(kProgramBase + page * kPage, 2, kPages - page - 2), Errno::Ok);
  }
  for (std::uint32_t page = 0; page < kPages; ++page) {
    EXPECT_EQ(read(page), (kPages - 2 - (page & ~1U)) + (page & 1U));
  }
  EXPECT_EQ(world.counters().vmas, 1U);
  EXPECT_EQ(resident(), 32U);
}

TEST_P(Rfpsem, nonblock_reverse) {
  for (std::uint32_t page = 0; page < kPages; ++page) {
    world.remap(kProgramBase + page * kPage, 1, kPages - 1 - page, kMapNonblock);
  }
  EXPECT_EQ(resident(), 0U);
  for (std::uint32_t page = 0; page < kPages; ++page) EXPECT_EQ(read(page), kPages - 1 - page);
  EXPECT_EQ(world.counters().faults_minor, 32U);
  EXPECT_EQ(resident(), 32U);
}

TEST_P(Rfpsem, populate) {
  world.remap(kProgramBase, 8, 16);
  EXPECT_EQ(world.counters().faults_minor, 8U);
  for (std::uint32_t page = 0; page < 8; ++page) EXPECT_EQ(read(page), 16 + page);
  EXPECT_EQ(world.counters().faults_minor, 8U);
}

TEST_P(Rfpsem, identity) {
  EXPECT_EQ(world.remap(kProgramBase + 4 * kPage, 4, 4), Errno::Ok);
  EXPECT_EQ(resident(), 0U);
}

TEST_P(Rfpsem, back_to_linear) {
  world.remap(kProgramBase + 4 * kPage, 4, 20);
  world.remap(kProgramBase + 4 * kPage, 4, 4);
  for (std::uint32_t page = 0; page < kPages; ++page) EXPECT_EQ(read(page), page);
  EXPECT_TRUE(world.space.vmas().begin()->second.nonlinear);
}

TEST_P(Rfpsem, munmap_hole) {
  reverse();
  world.space.munmap(ea(kProgramBase + 10 * kPage), 2 * kPage);
  for (std::uint32_t page = 0; page < kPages; ++page) {
    const Access access = world.read(ea(kProgramBase + page * kPage));
    if (page == 10 || page == 11) {
      EXPECT_EQ(access.result, FaultResult::MapError);
    } else {
      EXPECT_EQ(access.value, kPages - 1 - page);
    }
  }
  EXPECT_EQ(world.counters().vmas, 2U);
  EXPECT_EQ(resident(), 30U);
  EXPECT_TRUE(world.space.audit().empty());
}

TEST_P(Rfpsem, anon_shared) {
  world.map_fixed(kProgramBase, kPages, nullptr, 0, kMapShared);
  world.write(ea(kProgramBase + kPage), 77);
  EXPECT_EQ(world.remap(kProgramBase, 1, 1), Errno::Ok);
  EXPECT_EQ(read(0), 77U);
  EXPECT_EQ(resident(), 2U);
}

TEST_P(Rfpsem, shared_protread_rwfd) {
  world.map_fixed(kProgramBase, kPages, file.get(), 0, kMapShared, kProtRead);
  EXPECT_EQ(world.remap(kProgramBase, 1, 1), Errno::Ok);
  EXPECT_EQ(read(0), 1U);
}

TEST_P(Rfpsem, partial_past_eof) {
  EXPECT_EQ(world.remap(kProgramBase, 4, kPages - 2), Errno::Ok);
  EXPECT_EQ(read(1), 31U);
  EXPECT_EQ(world.read(ea(kProgramBase + 2 * kPage)).result, FaultResult::BusError);
}

TEST_P(Rfpsem, size_wrap) {
  EXPECT_EQ(world.space.remap_file_pages(ea(kProgramBase + kPage), 0U - kPage, 0, 0, 0),
            Errno::Einval);
}

INSTANTIATE_TEST_SUITE_P(BothFormats, Rfpsem, ::testing::Values(32U, 64U));

}  // namespace tessera::vm::test
