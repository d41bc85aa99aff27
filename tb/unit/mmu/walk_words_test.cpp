#include <cstdint>
#include <iostream>
#include <random>

#include <gtest/gtest.h>

#include "tb/unit/mmu/walk_harness.hpp"

// Random PTE words through each walker, against a decoder written from linux-vm.md F2 and
// e500mc-mmu.md 5.4 and 5.7 alone.
namespace tessera::mmu {
namespace {

constexpr unsigned kWords = 150000;
constexpr unsigned kSeed = 1;
constexpr std::uint32_t kPtBit = 0x100;
constexpr std::uint32_t kTlbiBit = 0x200;

/// What a PTE says: a fault, or a page.
struct Decoded {
  std::uint32_t fault = 0;  ///< ESR[PT] or ESR[TLBI]
  std::uint64_t frame = 0;
  unsigned wimge = 0;
  bool sr = false, ur = false, sw = false, uw = false, sx = false, ux = false;
};

Decoded decode_fsl32(std::uint32_t pte) {
  const bool present = (pte & 0x001) != 0;
  const bool user = (pte & 0x002) != 0;
  const bool writable = (pte & 0x004) != 0 && (pte & 0x008) != 0;  // RW and DIRTY
  const bool exec = (pte & 0x010) != 0;
  const bool accessed = (pte & 0x020) != 0;
  Decoded page;
  if (!present || !accessed) page.fault = kPtBit;
  page.frame = pte & 0xFFFFF000;
  page.wimge = (pte >> 6) & 0x1F;
  page.sr = present;
  page.ur = present && user;
  page.sw = writable;
  page.uw = writable && user;
  page.sx = exec;
  page.ux = exec && user;
  return page;
}

Decoded decode_fsl64(std::uint64_t pte, bool indirect) {
  const auto bit = [pte](unsigned number) { return (pte >> number & 1) != 0; };
  const bool dirty = bit(12);
  Decoded page;
  if (!bit(0) || !bit(18)) {
    page.fault = kPtBit;
  } else if (indirect && (pte >> 8 & 0xF) != 2) {
    page.fault = kTlbiBit;
  }
  page.frame = ((pte >> 24) << 12) & 0xFFFFFFFFF;
  page.wimge = static_cast<unsigned>(pte >> 19 & 0x1F);
  page.sr = bit(2);
  page.ur = bit(3);
  page.sw = bit(4) && dirty;
  page.uw = bit(5) && dirty;
  page.sx = bit(6);
  page.ux = bit(7);
  return page;
}

bool allowed(const Decoded& page, const Access& access) {
  switch (access.kind) {
    case AccessKind::Fetch:
      return access.pr ? page.ux : page.sx;
    case AccessKind::Load:
      return access.pr ? page.ur : page.sr;
    case AccessKind::Store:
      return access.pr ? page.uw : page.sw;
  }
  return false;
}

void expect_answer(const Decoded& page, const Access& access, const Translation& answer) {
  const bool fetch = access.kind == AccessKind::Fetch;
  if (page.fault == 0 && allowed(page, access)) {
    EXPECT_EQ(answer.outcome, Outcome::Translated);
    EXPECT_EQ(answer.ra.value(), page.frame | (access.ea.value() & 0xFFF));
    EXPECT_EQ(answer.wimge, page.wimge);
    return;
  }
  EXPECT_EQ(answer.outcome, fetch ? Outcome::InstructionStorage : Outcome::DataStorage);
  const std::uint32_t store = access.kind == AccessKind::Store ? 0x00800000 : 0;
  EXPECT_EQ(answer.esr, fetch ? 0 : store | page.fault);
}

/// No walk fills what the PTE forbids, and what it fills is all that the PTE grants.
void expect_entries(const Decoded& page, const Mmu& mmu) {
  unsigned filled = 0;
  for (const TlbEntry& entry : mmu.valid_entries()) {
    if (entry.array != TlbArray::Tlb0) continue;
    ++filled;
    const unsigned rights = (page.ux ? 32U : 0) | (page.sx ? 16U : 0) | (page.uw ? 8U : 0) |
                            (page.sw ? 4U : 0) | (page.ur ? 2U : 0) | (page.sr ? 1U : 0);
    EXPECT_EQ(entry.permissions(), rights);
    EXPECT_EQ(entry.ra().value(), page.frame);
    EXPECT_EQ(entry.wimge(), page.wimge);
    EXPECT_EQ(entry.mas3 & 0xFC0, 0U);
  }
  EXPECT_EQ(filled, page.fault == 0 ? 1U : 0U);
}

struct Tally {
  unsigned faults = 0;
  unsigned translated = 0;
  unsigned denied = 0;
};

/// `place(word)` puts the PTE of kEa into memory, `decode(word)` says what it means.
template <class Place, class Decode>
Tally run_words(Harness& h, Place place, Decode decode) {
  std::mt19937_64 random(kSeed);
  Tally tally;
  for (unsigned i = 0; i < kWords && !testing::Test::HasFailure(); ++i) {
    std::uint64_t word = random();
    if (random() % 4 != 0) word |= 0x40021;  // PRESENT and ACCESSED of both
    if (random() % 2 != 0) word = (word & ~std::uint64_t{0xF00}) | 0x200;
    place(word);
    Access access =
        Harness::access_of(kEa | (random() & 0xFFC), static_cast<AccessKind>(random() % 3));
    access.pr = random() % 2 != 0;
    const Decoded page = decode(word);
    const Translation answer = h.engine.access(access);
    SCOPED_TRACE(testing::Message() << "PTE " << std::hex << word << ", seed " << kSeed);
    expect_answer(page, access, answer);
    expect_entries(page, h.engine.mmu());
    h.write(Spr::Mmucsr0, 4);
    ++(page.fault != 0 ? tally.faults : allowed(page, access) ? tally.translated : tally.denied);
  }
  std::cout << tally.faults << " faults, " << tally.translated << " translated, " << tally.denied
            << " denied\n";
  return tally;
}

void expect_floor(const Tally& tally) {
  EXPECT_EQ(tally.faults + tally.translated + tally.denied, kWords);
  EXPECT_GT(tally.faults, kWords / 20);
  EXPECT_GT(tally.translated, kWords / 20);
  EXPECT_GT(tally.denied, kWords / 20);
}

TEST(WalkWords, OfFsl32AreWhatTheLoaderMakesOfThem) {
  Tablewalk h(false);
  h.memory.words[0x100000 + 4 * (kEa >> 22)] = 0xC0345000;
  std::uint64_t& pte = h.memory.words[0x345000 + 4 * 5];
  // Bits 63:32 of a 4-byte answer do not count.
  expect_floor(run_words(
      h, [&](std::uint64_t word) { pte = word; },
      [](std::uint64_t word) { return decode_fsl32(static_cast<std::uint32_t>(word)); }));
}

TEST(WalkWords, OfFsl64AreWhatTheLoaderMakesOfThem) {
  Tablewalk h(true);
  h.memory.words[0x100000 + 4 * (kEa >> 21)] = 0xC0345000;
  std::uint64_t& pte = h.memory.words[0x345000 + 8 * 5];
  expect_floor(run_words(
      h, [&](std::uint64_t word) { pte = word; },
      [](std::uint64_t word) { return decode_fsl64(word, false); }));
}

// docs/walkers.md W6: without MAS7 there is nothing above RA bit 31 to keep, in reserved bits
// either.
TEST(WalkWords, OfFsl64AreCutToThirtyTwoBitsOfRealAddress) {
  Parameters parameters;
  parameters.ra_bits = 32;
  for (const ReservedBits rule : {ReservedBits::ReadZero, ReservedBits::Retain}) {
    parameters.reserved_bits = rule;
    Tablewalk h(true, parameters);
    h.memory.words[0x100000 + 4 * (kEa >> 21)] = 0xC0345000;
    h.memory.words[0x345000 + 8 * 5] = kPte64 | (std::uint64_t{0xABC} << 44);
    EXPECT_EQ(h.load(kEa).ra, RealAddress(kFrame));
    const TlbEntry made = h.engine.valid_entries().front();
    EXPECT_EQ(made.mas7, 0U);
    EXPECT_EQ(made.ra(), RealAddress(kFrame));
  }
}

TEST(WalkWords, OfAnIndirectEntryAreWhatTheE6500MakesOfThem) {
  E6500 h;
  h.map_indirect(kEa);
  std::uint64_t& pte = h.memory.words[E6500::pte_place(kEa)];
  expect_floor(run_words(
      h, [&](std::uint64_t word) { pte = word; },
      [](std::uint64_t word) { return decode_fsl64(word, true); }));
}

}  // namespace
}  // namespace tessera::mmu
