#include <algorithm>
#include <string>

#include <gtest/gtest.h>

#include "tb/unit/vm/world.hpp"

/// Sizes that were seen in the field, or beyond: they must work, and their cost in memory follows
/// what is used, not what is mapped. How fast is measured in tb/bench.
namespace tessera::vm::test {

namespace {

constexpr std::uint32_t kManyVmas = 128'000;  // linux-vm.md I: a database of 2002
constexpr std::uint64_t kTebibytePages = std::uint64_t{1} << 28;

Personality without_limit(std::string_view kernel) {
  Personality personality = *find_kernel(kernel);
  personality.max_map_count = 2 * kManyVmas;
  personality.unmapped_base = ea(kBase);
  return personality;
}

/// A window of one-page VMAs: page i of it shows page kManyVmas - 1 - i of the file.
struct ManyVmas {
  explicit ManyVmas(std::string_view name)
      : kernel(without_limit(name)),
        world(kernel, 64, 200'000, 20'000),
        file(world.make_file(kManyVmas)) {
    for (std::uint32_t page = 0; page < kManyVmas; ++page) {
      mapped += world.map_fixed(address(page), 1, file.get(), shown(page)).ok() ? 1 : 0;
    }
  }

  static std::uint32_t address(std::uint32_t page) { return kBase + page * kPage; }
  static std::uint32_t shown(std::uint32_t page) { return kManyVmas - 1 - page; }

  Personality kernel;
  World world;
  std::unique_ptr<File> file;
  std::uint32_t mapped = 0;
};

class EveryKernel : public ::testing::TestWithParam<std::string_view> {};

}  // namespace

TEST_P(EveryKernel, Keeps128000VmasInOneProcess) {
  ManyVmas many(GetParam());
  World& world = many.world;
  ASSERT_EQ(many.mapped, kManyVmas);
  EXPECT_EQ(world.counters().vmas, kManyVmas);
  EXPECT_EQ(world.counters().vma_bytes, std::uint64_t{kManyVmas} * many.kernel.vma_bytes);
  EXPECT_EQ(world.read(ea(ManyVmas::address(77'777))).value, ManyVmas::shown(77'777));

  EXPECT_EQ(world.space.munmap(ea(ManyVmas::address(1'000)), kPage), Errno::Ok);
  EXPECT_EQ(world.space.munmap(ea(ManyVmas::address(100'000)), 3 * kPage), Errno::Ok);
  for (const auto& [start, vma] : world.space.vmas()) EXPECT_EQ(vma.pages(), PageCount(1));
  EXPECT_EQ(world.counters().vmas, kManyVmas - 4);
  EXPECT_EQ(world.space.audit(), std::vector<std::string>());

  // One call takes them all away.
  EXPECT_EQ(world.space.munmap(ea(kBase), std::uint64_t{kManyVmas} * kPage), Errno::Ok);
  EXPECT_EQ(world.counters().vmas, 0U);
  EXPECT_TRUE(many.file->mappings().empty());
}

TEST_P(EveryKernel, PlacesAMappingInTheLowestHoleAmong128000Vmas) {
  ManyVmas many(GetParam());
  AddressSpace& space = many.world.space;
  const auto place = [&space](std::uint64_t pages) {
    MmapRequest request;
    request.length_bytes = pages * kPage;
    request.protection = kProtRead;
    request.flags = kMapPrivate | kMapAnonymous;
    return space.mmap(request).address;
  };
  const std::uint32_t behind = ManyVmas::address(kManyVmas);
  EXPECT_EQ(place(1), ea(behind));
  EXPECT_EQ(space.munmap(ea(ManyVmas::address(90'000)), 2 * kPage), Errno::Ok);
  EXPECT_EQ(space.munmap(ea(ManyVmas::address(110'000)), 3 * kPage), Errno::Ok);
  EXPECT_EQ(place(4), ea(behind + kPage));
  EXPECT_EQ(place(3), ea(ManyVmas::address(110'000)));
  EXPECT_EQ(place(1), ea(ManyVmas::address(90'000)));
  EXPECT_EQ(place(2), ea(behind + 5 * kPage));
}

TEST_P(EveryKernel, MapsATebibyteOfSparseFileThroughAWindow) {
  const Personality kernel = without_limit(GetParam());
  World world(kernel, 64, 32'768, 8'192);
  const auto file = world.make_file(kTebibytePages, zero_word);
  ASSERT_EQ(world.map_fixed(kBase, 64, file.get(), kTebibytePages - 64).error, Errno::Ok);
  EXPECT_EQ(world.write(ea(kBase + 63 * kPage), 63).exceptions, 1U);
  for (std::uint32_t page = 0; page < 32; ++page) {
    ASSERT_EQ(world.remap(kBase + page * kPage, 1, page * (kTebibytePages / 32)), Errno::Ok);
    ASSERT_EQ(world.write(ea(kBase + page * kPage), page).result, FaultResult::Resolved);
  }
  EXPECT_EQ(world.read(ea(kBase + 31 * kPage)).value, 31U);
  EXPECT_EQ(file->index_of(*file->cached(PageOffset(kTebibytePages - 1))),
            PageOffset(kTebibytePages - 1));
  EXPECT_EQ(file->cached_pages(), PageCount(33));
  EXPECT_EQ(world.space.audit(), std::vector<std::string>());

  // Half of it is cut off: 16 of the remapped pages and the last one are gone.
  file->truncate(PageCount(kTebibytePages / 2));
  EXPECT_EQ(file->cached_pages(), PageCount(16));
  EXPECT_EQ(world.read(ea(kBase + 16 * kPage)).result, FaultResult::BusError);
  if (kernel.remap.forgets_offsets) {
    // It takes the window for what was mapped first, the end of the file (linux-vm.md A1).
    EXPECT_EQ(world.read(ea(kBase + 15 * kPage)).result, FaultResult::BusError);
  } else {
    EXPECT_EQ(world.read(ea(kBase + 15 * kPage)).value, 15U);
  }
}

TEST_P(EveryKernel, PunchesAHoleOfATebibyte) {
  World world(*find_kernel(GetParam()), 64, 32'768, 8'192);
  const auto file = world.make_file(kTebibytePages, page_index_word);
  world.map_fixed(kBase, 2, file.get(), kTebibytePages - 2);
  EXPECT_EQ(world.read(ea(kBase)).value, kTebibytePages - 2);
  EXPECT_EQ(file->punch_hole(PageOffset(1), PageOffset(kTebibytePages - 1)), Errno::Ok);
  EXPECT_EQ(world.read(ea(kBase)).value, 0U);
  EXPECT_EQ(world.read(ea(kBase + kPage)).value, kTebibytePages - 1);
}

INSTANTIATE_TEST_SUITE_P(Scale, EveryKernel, ::testing::ValuesIn(kernel_names()),
                         [](const auto& tested) {
                           std::string name(tested.param);
                           std::replace(name.begin(), name.end(), '.', '_');
                           return "Linux" + name;
                         });

}  // namespace tessera::vm::test
