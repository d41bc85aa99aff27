// Debug transport through TlmMmu.

#include <gtest/gtest.h>

#include "tb/unit/systemc/tlm_mmu_fixture.hpp"

namespace tessera::systemc {
namespace {

TEST_F(TlmMmuTest, DebugTransportTranslatesAndLeavesNoTrace) {
  map_first_page(0);  // permissions do not bind a debugger
  const mmu::MmuCounters before = rig.mmu.engine().counters();
  const Cycles now = rig.mmu.engine().now();
  data[0] = 0x77;
  EXPECT_EQ(debug(tlm::TLM_WRITE_COMMAND, kEa + 5, 4), 4U);
  EXPECT_EQ(memory(5), 0x77);
  EXPECT_EQ(debug(tlm::TLM_READ_COMMAND, kEa + 5, 4), 4U);
  EXPECT_EQ(rig.core.payload.get_address(), kEa + 5);
  EXPECT_EQ(debug(tlm::TLM_READ_COMMAND, kEa + 0x1000, 4), 0U);
  EXPECT_EQ(debug(tlm::TLM_IGNORE_COMMAND, kEa, 4), 0U);
  EXPECT_EQ(debug(tlm::TLM_READ_COMMAND, kEa, 0), 0U);
  EXPECT_EQ(rig.mmu.engine().now(), now);
  EXPECT_EQ(rig.mmu.engine().counters().translations(), before.translations());
  EXPECT_EQ(rig.core.delay, sc_core::SC_ZERO_TIME);
  EXPECT_EQ(rig.execute({mmu::Opcode::Mfspr, 0, 0, mmu::Spr::Mas2}).value, kEa);  // no miss
}

TEST_F(TlmMmuTest, DebugTransportCrossesPagesAsFarAsThereAreAny) {
  map_first_page();
  rig.map(false, 1, kValid | k4K, kEa + 0x1000, (kRa + 0x8000) | kAll);
  for (unsigned i = 0; i < data.size(); ++i) data.at(i) = static_cast<unsigned char>(i * 7);
  EXPECT_EQ(debug(tlm::TLM_WRITE_COMMAND, kEa + 0xF00, 0x300), 0x300U);
  EXPECT_EQ(memory(0xFFF), data[0xFF]);
  EXPECT_EQ(memory(0x8000), data[0x100]);
  EXPECT_EQ(memory(0x81FF), data[0x2FF]);
  EXPECT_EQ(memory(0x1000), 0);
  EXPECT_EQ(debug(tlm::TLM_READ_COMMAND, kEa + 0x800, 0x5000), 0x1800U);
}

TEST_F(TlmMmuTest, DebugTransportStopsAtTheEndOfTheAddresses) {
  rig.map(true, 0, kValid | k4K, 0xFFFFF000, kRa | kAll);
  rig.map(false, 0, kValid | k4K, 0, kRa | kAll);
  EXPECT_EQ(debug(tlm::TLM_READ_COMMAND, 0xFFFFFF00, 0x200), 0x100U);
}

}  // namespace
}  // namespace tessera::systemc
