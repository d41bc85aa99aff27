#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/mmu/tlb0.hpp"
#include "tb/unit/mmu/harness.hpp"

namespace tessera::mmu {
namespace {

TEST(Cores, AreFoundByName) {
  EXPECT_THAT(core_names(), testing::ElementsAre("e500mc", "e500v2", "e6500-walker", "qemu"));
  for (const std::string_view name : core_names()) {
    ASSERT_NE(find_core(name), nullptr);
    EXPECT_EQ(find_core(name)->name, name);
    EXPECT_EQ(validation_error(find_core(name)->parameters), "");
    EXPECT_EQ(validation_error(find_core(name)->timing), "");
  }
  EXPECT_EQ(find_core("e6500"), nullptr);
}

TEST(Parameters, AnImpossibleSizeIsExplained) {
  Parameters parameters;
  parameters.tlb0_sets = 16385;
  EXPECT_EQ(validation_error(parameters), "tlb0_sets is 16385, but must be 1..16384");
  EXPECT_THROW(TransactionEngine(parameters, Timing{}), std::invalid_argument);
  parameters = Parameters{};
  parameters.tlb0_ways = 0;
  EXPECT_EQ(validation_error(parameters), "tlb0_ways is 0, but must be 1..64");
  parameters = Parameters{};
  parameters.npids = 2;
  EXPECT_EQ(validation_error(parameters), "npids is 2, but must be 1 or 3");
  parameters = Parameters{};
  parameters.hardware_walker = HardwareWalker::E6500;
  EXPECT_EQ(validation_error(parameters), "tsize_bits is 4, but the E6500 hardware walker needs 5");
}

TEST(Parameters, AnImpossibleLatencyIsExplained) {
  Timing timing;
  timing.tlbwe = Cycles(0);
  EXPECT_EQ(validation_error(timing), "tlbwe must be at least 1 cycle");
  EXPECT_THROW(TransactionEngine(Parameters{}, timing), std::invalid_argument);
}

// Pages 0x20000 and 0x20005 share the set of page number modulo 5, 0x20004 has another.
TEST(Parameters, AnyNumberOfSetsIsIndexedByThePageModuloIt) {
  const Tlb0 five(5, 1);
  EXPECT_EQ(five.set_of(EffectiveAddress(0x2000'0000)), 0x20000U % 5);
  EXPECT_EQ(five.set_of(EffectiveAddress(0x2000'5fff)), 0x20000U % 5);
  EXPECT_EQ(five.set_of(EffectiveAddress(0x2000'4000)), (0x20000U + 4) % 5);
  EXPECT_EQ(Tlb0(128, 4).set_of(EffectiveAddress(0xffff'f000)), 127U);
  EXPECT_EQ(Tlb0(1, 4).set_of(EffectiveAddress(0xffff'f000)), 0U);
}

TEST(Parameters, AnOddShapeWorks) {
  Parameters parameters;
  parameters.tlb0_sets = 1;
  parameters.tlb0_ways = 5;
  parameters.tlb1_entries = 70;
  parameters.l1_4k_sets = 2;
  parameters.l1_4k_ways = 3;
  parameters.l1_vsp_entries = 1;
  Harness h(parameters);
  for (std::uint32_t i = 0; i < 5; ++i) h.map_4k(i << 12, 0, i);
  for (std::uint32_t i = 1; i < 70; ++i) {
    h.map(kTlb1 | (i << 16), 0x100, 0x40000000 | (i << 12), 0x3F);
  }
  for (std::uint32_t i = 0; i < 5; ++i) EXPECT_EQ(h.load_outcome(i << 12), Outcome::Translated);
  for (std::uint32_t i = 1; i < 70; ++i) {
    EXPECT_EQ(h.load_outcome(0x40000000 | (i << 12)), Outcome::Translated);
  }
  EXPECT_EQ(h.engine.valid_entries().size(), 75U);
}

}  // namespace
}  // namespace tessera::mmu
