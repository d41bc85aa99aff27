#include <gtest/gtest.h>

#include "tb/unit/vm/world.hpp"

namespace tessera::vm::test {

namespace {

// The scenario of LTP's remap_file_pages01 (linux-vm.md H; expected costs: J, last paragraph).
constexpr std::uint32_t kLtpBase = 0x4800'0000;
constexpr std::uint32_t kPages = 16;

struct Costs {
  std::uint64_t page_flushes = 0;
  std::uint64_t pid_flushes = 0;
  std::uint64_t prefaults = 0;
  std::uint64_t exceptions = 0;
};

Costs operator-(const VmCounters& after, const VmCounters& before) {
  return {after.flushes_of(FlushKind::Page) - before.flushes_of(FlushKind::Page),
          after.flushes_of(FlushKind::Pid) - before.flushes_of(FlushKind::Pid),
          after.faults_by_prefault - before.faults_by_prefault,
          after.faults_by_exception - before.faults_by_exception};
}

void check_window(World& world) {
  for (std::uint32_t page = 0; page < kPages; page += 2) {
    EXPECT_EQ(world.read(ea(kLtpBase + page * kPage)).value, 14 - page);
    EXPECT_EQ(world.read(ea(kLtpBase + (page + 1) * kPage)).value, 15 - page);
  }
}

template <class Remap>
Costs pass(World& world, Remap remap) {
  const VmCounters before = world.counters();
  for (std::uint32_t page = 0; page < kPages; page += 2) {
    EXPECT_EQ(remap(kLtpBase + page * kPage, 14 - page), Errno::Ok);
  }
  check_window(world);
  return world.counters() - before;
}

void expect(const Costs& costs, std::uint64_t page_flushes, std::uint64_t pid_flushes,
            std::uint64_t prefaults, std::uint64_t exceptions) {
  EXPECT_EQ(costs.page_flushes, page_flushes);
  EXPECT_EQ(costs.pid_flushes, pid_flushes);
  EXPECT_EQ(costs.prefaults, prefaults);
  EXPECT_EQ(costs.exceptions, exceptions);
}

struct Ltp : ::testing::TestWithParam<unsigned> {
  World world{GetParam()};
  std::unique_ptr<File> file = world.make_file(1024);
};

}  // namespace

TEST_P(Ltp, RemapFilePages01ByRemapFilePages) {
  world.map_fixed(kLtpBase, kPages, file.get(), 0);
  const auto remap = [&](std::uint32_t at, std::uint32_t pgoff) {
    return world.remap(at, 2, pgoff);
  };
  expect(pass(world, remap), 0, 0, 16, 0);
  expect(pass(world, remap), 16, 0, 16, 0);
  EXPECT_EQ(world.counters().vmas, 1U);
  EXPECT_TRUE(world.space.audit().empty());
}

TEST_P(Ltp, RemapFilePages01ByMmap) {
  world.map_fixed(kLtpBase, kPages, file.get(), 0);
  const auto remap = [&](std::uint32_t at, std::uint32_t pgoff) {
    return world.map_fixed(at, 2, file.get(), pgoff).error;
  };
  expect(pass(world, remap), 0, 0, 0, 16);
  expect(pass(world, remap), 0, 8, 0, 16);
  EXPECT_EQ(world.counters().vmas, 8U);
  EXPECT_TRUE(world.space.audit().empty());
}

TEST_P(Ltp, RemapFilePages02RefusesFourTimes) {
  world.map_fixed(kLtpBase, 1, file.get(), 0, kMapPrivate);
  EXPECT_EQ(world.remap(kLtpBase, 1, 2), Errno::Einval);
  world.map_fixed(kLtpBase, 1, file.get(), 0);
  EXPECT_EQ(world.remap(kLtpBase + kPage, 1, 2), Errno::Einval);
  EXPECT_EQ(world.remap(kLtpBase, 2, 2), Errno::Einval);
  EXPECT_EQ(world.space.remap_file_pages(ea(kLtpBase), kPage, ~0U, 2, 0), Errno::Einval);
}

// The three-page regression test of 2016: emulations in 4.0-4.4 failed it (linux-vm.md H).
TEST_P(Ltp, ThreePageRegressionTestPasses) {
  world.map_fixed(kLtpBase, 3, nullptr, 0, kMapShared);
  for (std::uint32_t page = 0; page < 3; ++page) world.write(ea(kLtpBase + page * kPage), page);
  EXPECT_EQ(world.remap(kLtpBase, 1, 1), Errno::Ok);
  EXPECT_EQ(world.remap(kLtpBase, 2, 1), Errno::Ok);
  EXPECT_EQ(world.read(ea(kLtpBase)).value, 1U);
  EXPECT_EQ(world.read(ea(kLtpBase + kPage)).value, 2U);
}

INSTANTIATE_TEST_SUITE_P(BothFormats, Ltp, ::testing::Values(32U, 64U));

}  // namespace tessera::vm::test
