// With TLB0_REPL = LRU and a handler that follows the hint, the MMU is a textbook's TLB of two
// levels. The textbook here is lists of pages, most recent first; it shares no code with the model.

#include <algorithm>
#include <cstdint>
#include <iostream>
#include <optional>
#include <vector>

#include <gtest/gtest.h>

#include "tb/bench/streams.hpp"
#include "tb/unit/mmu/harness.hpp"

namespace textbook {
namespace {

using Page = std::uint32_t;
using Set = std::vector<Page>;  // most recent first
using Level = std::vector<Set>;
enum class Place : std::uint8_t { L1, L2, Neither };

constexpr std::size_t kWays = 4;

/// Takes a page out of a level; was it there?
bool take(Level& level, Page page) {
  Set& set = level[page % level.size()];
  const auto place = std::find(set.begin(), set.end(), page);
  const bool found = place != set.end();
  if (found) set.erase(place);
  return found;
}

/// Puts a page in as the most recent; the page that falls out for it.
std::optional<Page> put(Level& level, Page page) {
  Set& set = level[page % level.size()];
  set.insert(set.begin(), page);
  if (set.size() <= kWays) return std::nullopt;
  const Page evicted = set.back();
  set.pop_back();
  return evicted;
}

/// 64 entries over 512. `inclusive`: what leaves L2 leaves L1.
struct Tlb {
  bool inclusive;
  Level l1 = Level(16);
  Level l2 = Level(128);

  Place find(Page page) {
    const bool in_l1 = take(l1, page);
    const bool in_l2 = !in_l1 && take(l2, page);
    const std::optional<Page> evicted = in_l1 ? std::nullopt : put(l2, page);
    if (inclusive && evicted) take(l1, *evicted);
    put(l1, page);
    return in_l1 ? Place::L1 : in_l2 ? Place::L2 : Place::Neither;
  }
};

}  // namespace
}  // namespace textbook

namespace tessera::mmu {
namespace {

using textbook::Place;

constexpr std::uint64_t kFewestOfEach = 5000;

Parameters parameters_with(BackinvMatch backinv) {
  Parameters parameters;
  parameters.tlb0_repl = Tlb0Replacement::Lru;
  parameters.backinv_match = backinv;
  return parameters;
}

/// A load, and after a TLB error the shortest refill there is: the hint stands in MAS0.
Place load_and_refill(Harness& h, std::uint32_t ea) {
  const MmuCounters before = h.counters();
  if (h.load_outcome(ea) == Outcome::DataTlbError) {
    h.write(Spr::Mas3, (ea & 0xFFFFF000) | 0x3F);
    h.run(Opcode::Tlbwe);
    EXPECT_EQ(h.load_outcome(ea), Outcome::Translated);
    EXPECT_EQ(h.counters().l2_hits, before.l2_hits + 1);
    return Place::Neither;
  }
  return h.counters().l1_hits != before.l1_hits ? Place::L1 : Place::L2;
}

struct Counts {
  std::uint64_t l1 = 0;
  std::uint64_t l2 = 0;
  std::uint64_t misses = 0;

  void add(Place place) { ++(place == Place::L1 ? l1 : place == Place::L2 ? l2 : misses); }
  std::uint64_t total() const { return l1 + l2 + misses; }
  friend bool operator==(const Counts&, const Counts&) = default;
};

std::ostream& operator<<(std::ostream& out, const Counts& counts) {
  return out << counts.l1 << " L1 hits, " << counts.l2 << " L2 hits, " << counts.misses
             << " misses";
}

/// Runs a stream on both, which must find each address in the same place; the textbook's counts.
Counts compare(const std::vector<std::uint32_t>& stream, BackinvMatch backinv) {
  Harness h(parameters_with(backinv));
  h.write(Spr::Mas4, 0x100);
  textbook::Tlb reference{backinv != BackinvMatch::None};
  Counts expected;
  Counts actual;
  for (const std::uint32_t ea : stream) {
    expected.add(reference.find(ea >> 12));
    actual.add(load_and_refill(h, ea));
    if (!(actual == expected)) {
      ADD_FAILURE() << "after " << actual.total() << " accesses: " << actual
                    << "; textbook: " << expected;
      break;
    }
  }
  std::cout << (backinv == BackinvMatch::None ? "no " : "") << "inclusion: " << actual.total()
            << " checks, " << actual << "\n";
  return actual;
}

struct BothWays {
  Counts apart;
  Counts inclusive;
};

BothWays compare_both_ways(const std::vector<std::uint32_t>& stream) {
  const BothWays counts{compare(stream, BackinvMatch::None), compare(stream, BackinvMatch::EpnTs)};
  EXPECT_EQ(counts.apart.total(), bench::kStreamLength);
  EXPECT_EQ(counts.inclusive.total(), bench::kStreamLength);
  return counts;
}

TEST(TextbookLru, MissesEachPageOnceThatFitsIntoL1) {
  const Counts counts = compare_both_ways(bench::uniform_stream(64)).inclusive;
  EXPECT_EQ(counts.misses, 64U);
  EXPECT_EQ(counts.l2, 0U);
}

TEST(TextbookLru, MissesEachPageOnceThatFitsIntoL2) {
  const Counts counts = compare_both_ways(bench::uniform_stream(512)).inclusive;
  EXPECT_EQ(counts.misses, 512U);
  EXPECT_GE(counts.l2, kFewestOfEach);
}

class TextbookLruOfMorePagesThanEntries : public testing::TestWithParam<std::uint32_t> {};

TEST_P(TextbookLruOfMorePagesThanEntries, FindsEachAccessWhereTheMmuDoes) {
  const Counts uniform = compare_both_ways(bench::uniform_stream(GetParam())).inclusive;
  EXPECT_GE(uniform.l2, kFewestOfEach);
  EXPECT_GE(uniform.misses, kFewestOfEach);
  const BothWays zipf = compare_both_ways(bench::zipf_stream(GetParam()));
  EXPECT_GE(zipf.inclusive.l1, kFewestOfEach);
  EXPECT_GE(zipf.inclusive.l2, kFewestOfEach);
  EXPECT_GE(zipf.inclusive.misses, kFewestOfEach);
  EXPECT_GT(zipf.apart.l1, zipf.inclusive.l1) << "popular pages grow old in L2, and leave L1 too";
}

INSTANTIATE_TEST_SUITE_P(Pages, TextbookLruOfMorePagesThanEntries,
                         testing::Values(1024U, 2048U, 4096U));

}  // namespace
}  // namespace tessera::mmu
