#include "model/pte/loader.hpp"

#include <cstdio>
#include <random>

#include <gtest/gtest.h>

#include "model/pte/entry.hpp"

namespace tessera::pte {

namespace {

constexpr unsigned kLoadedWords = 100'000;
constexpr std::uint64_t kLoaderSeed = 20240501;

// e500mc-mmu.md 5.4, the 32-bit table, line by line.
TlbFields transcribed32(std::uint32_t pte) {
  std::uint32_t mask = 0x10 | 0x01;
  if ((pte & 0x08) != 0) mask |= 0x04;
  std::uint32_t p = pte & mask;
  if ((pte & 0x02) != 0) p |= p << 1;
  TlbFields fields;
  fields.mas3 = (pte & 0xfffff000) | p;
  fields.mas2_wimge = (pte >> 6) & 0x1f;
  return fields;
}

// e500mc-mmu.md 5.4, the 64-bit table, line by line.
TlbFields transcribed64(std::uint32_t hi, std::uint32_t lo) {
  std::uint32_t perms = (lo >> 2) & 0x3f;
  if ((lo & 0x1000) == 0) perms &= ~0xcU;
  TlbFields fields;
  fields.mas3 = (hi & 0xfff) << 20 | (lo >> 24) << 12 | perms;
  fields.mas7 = hi >> 12;
  fields.mas7_written = true;
  fields.mas2_wimge = (lo >> 19) & 0x1f;
  return fields;
}

void expect_same(const TlbFields& actual, const TlbFields& expected) {
  ASSERT_EQ(actual.mas3, expected.mas3);
  ASSERT_EQ(actual.mas7, expected.mas7);
  ASSERT_EQ(actual.mas2_wimge, expected.mas2_wimge);
  ASSERT_EQ(actual.mas7_written, expected.mas7_written);
}

}  // namespace

TEST(PteLoader, MovesRandomNarrowEntriesAsTheTableSays) {
  std::mt19937_64 random(kLoaderSeed);
  std::printf("seed %llu\n", static_cast<unsigned long long>(kLoaderSeed));
  for (unsigned i = 0; i < kLoadedWords; ++i) {
    const auto entry = static_cast<std::uint32_t>(random());
    SCOPED_TRACE("seed " + std::to_string(kLoaderSeed) + " entry " + std::to_string(entry));
    expect_same(load(*find_format(32), entry), transcribed32(entry));
  }
}

TEST(PteLoader, MovesRandomWideEntriesAsTheTableSays) {
  std::mt19937_64 random(kLoaderSeed);
  std::printf("seed %llu\n", static_cast<unsigned long long>(kLoaderSeed));
  for (unsigned i = 0; i < kLoadedWords; ++i) {
    const Raw entry = random();
    SCOPED_TRACE("seed " + std::to_string(kLoaderSeed) + " entry " + std::to_string(entry));
    expect_same(
        load(*find_format(64), entry),
        transcribed64(static_cast<std::uint32_t>(entry >> 32), static_cast<std::uint32_t>(entry)));
  }
}

TEST(PteLoader, WithholdsWritePermissionWhileThePageIsClean) {
  constexpr std::uint32_t kWriteBits = 0xc;
  for (const unsigned width : {32U, 64U}) {
    const Format& format = *find_format(width);
    const Raw clean = make_present(format, FrameNumber(7), {true, true, false}, false);
    EXPECT_EQ(load(format, clean).mas3 & kWriteBits, 0U);
    EXPECT_EQ(load(format, with_dirty(format, clean)).mas3 & kWriteBits, kWriteBits);
  }
}

// linux-vm.md B4: 0x4 is RW in the narrow format, but BAP_SR in the wide one.
TEST(PteLoader, OnlyTheNarrowFormatRefusesAStoreMissToAReadOnlyPage) {
  for (const unsigned width : {32U, 64U}) {
    const Format& format = *find_format(width);
    const Raw entry = make_present(format, FrameNumber(7), {true, false, false}, false);
    const Raw mask = format.loader.required_store;
    EXPECT_EQ((entry & mask) == mask, width == 64);
  }
}

TEST(PteLoader, NeverAcceptsAFilePte) {
  for (const unsigned width : {32U, 64U}) {
    const Format& format = *find_format(width);
    for (std::uint64_t pgoff = 0; pgoff < 4096; ++pgoff) {
      const Raw entry = pgoff_to_pte(format, PageOffset(pgoff));
      for (const Raw mask :
           {format.loader.required_load, format.loader.required_store,
            format.loader.required_fetch_user, format.loader.required_fetch_supervisor}) {
        ASSERT_NE(entry & mask, mask);
      }
    }
  }
}

}  // namespace tessera::pte
