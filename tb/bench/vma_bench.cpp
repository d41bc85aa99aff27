#include <cstdint>
#include <memory>
#include <random>
#include <stdexcept>

#include <benchmark/benchmark.h>

#include "sw/vm/address_space.hpp"
#include "sw/vm/plain_memory.hpp"

/// What one VMA operation costs the host among 10^2 to 10^5 VMAs: it should grow like log n.
namespace tessera::vm {
namespace {

constexpr std::uint32_t kBase = 0x2000'0000;
constexpr std::uint32_t kPage = 4096;
constexpr std::uint32_t kMost = 100'000;

/// A process with `count` VMAs, each one page, a page apart: every hole between them has one
/// page, and the first of two or more pages is behind them all.
class ManyVmas {
 public:
  explicit ManyVmas(std::uint32_t count)
      : count_(count),
        kernel_(raised_limit()),
        frames_(FrameNumber(1), FrameNumber(0x1000), FrameNumber(0x2000)),
        file_("file", PageCount(1U << 20U), &zero_word, frames_, memory_),
        space_(kernel_, *pte::find_format(64U), frames_, memory_, Pid(1)) {
    for (std::uint32_t i = 0; i < count; ++i) insist(map_fixed(i));
  }

  EffectiveAddress address(std::uint32_t i) const {
    return EffectiveAddress(kBase + i * 2 * kPage);
  }
  std::uint32_t any() { return static_cast<std::uint32_t>(random_()) % count_; }
  AddressSpace& space() { return space_; }

  MmapResult map_fixed(std::uint32_t i) {
    return space_.mmap(
        {address(i), kPage, kProtRead, kMapShared | kMapFixed, &file_, i, OpenMode::ReadWrite});
  }
  MmapResult map_anywhere(std::uint64_t pages) {
    return space_.mmap({EffectiveAddress(0), pages * kPage, kProtRead, kMapShared, &file_, 0,
                        OpenMode::ReadWrite});
  }

  static void insist(const MmapResult& result) {
    if (!result.ok()) throw std::logic_error("mmap failed");
  }

 private:
  static Personality raised_limit() {
    Personality kernel = *find_kernel("3.8");
    kernel.max_map_count = 2 * kMost;
    kernel.unmapped_base = EffectiveAddress(kBase);
    return kernel;
  }

  std::uint32_t count_;
  Personality kernel_;
  PlainMemory memory_;
  FrameAllocator frames_;
  File file_;
  AddressSpace space_;
  std::mt19937 random_{1};
};

ManyVmas& world_of(const benchmark::State& state) {
  static std::unique_ptr<ManyVmas> kept;
  static std::int64_t size = 0;
  if (size != state.range(0)) {
    kept = std::make_unique<ManyVmas>(static_cast<std::uint32_t>(state.range(0)));
    size = state.range(0);
  }
  return *kept;
}

void vma_find(benchmark::State& state) {
  ManyVmas& world = world_of(state);
  const VmaTree& vmas = world.space().vmas();
  for (auto _ : state) benchmark::DoNotOptimize(vmas.find(page_of(world.address(world.any()))));
}

void vma_mmap_fixed_over_another(benchmark::State& state) {
  ManyVmas& world = world_of(state);
  for (auto _ : state) ManyVmas::insist(world.map_fixed(world.any()));
}

void vma_munmap_and_mmap_fixed(benchmark::State& state) {
  ManyVmas& world = world_of(state);
  for (auto _ : state) {
    const std::uint32_t i = world.any();
    world.space().munmap(world.address(i), kPage);
    ManyVmas::insist(world.map_fixed(i));
  }
}

// Two pages fit between no two VMAs: walking would visit them all.
void vma_mmap_anywhere_and_munmap(benchmark::State& state) {
  ManyVmas& world = world_of(state);
  for (auto _ : state) {
    const MmapResult place = world.map_anywhere(2);
    ManyVmas::insist(place);
    world.space().munmap(place.address, std::uint64_t{2} * kPage);
  }
}

BENCHMARK(vma_find)->RangeMultiplier(10)->Range(100, kMost);
BENCHMARK(vma_mmap_fixed_over_another)->RangeMultiplier(10)->Range(100, kMost);
BENCHMARK(vma_munmap_and_mmap_fixed)->RangeMultiplier(10)->Range(100, kMost);
BENCHMARK(vma_mmap_anywhere_and_munmap)->RangeMultiplier(10)->Range(100, kMost);

}  // namespace
}  // namespace tessera::vm
