// DMI through TlmMmu: what is granted, when it is taken back, and that no pointer outlives its
// page.

#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "model/mmu/core.hpp"
#include "model/systemc/tlm_memory.hpp"
#include "tb/unit/clocked/engine_comparison.hpp"
#include "tb/unit/systemc/tlm_rig.hpp"

namespace tessera::systemc {
namespace {

constexpr std::uint32_t k1M = 0x500;
constexpr std::uint64_t kMemory = 0x80000;

using mmu::Opcode;
using mmu::Spr;
using Ranges = std::vector<std::pair<std::uint64_t, std::uint64_t>>;

mmu::Instruction instruction(Opcode opcode, std::uint32_t operand = 0, unsigned t = 0,
                             Spr spr = Spr::Pid0) {
  return {opcode, operand, static_cast<std::uint8_t>(t), spr, false, false, false};
}

/// e500mc at 1 GHz, and 512 KB at 2 MB with 10 ns.
class TlmDmi : public testing::Test {
 protected:
  void map_first_page(std::uint32_t permissions = kAll) {
    rig.map(false, 0, kValid | k4K, kEa, kRa | permissions);
  }
  bool ask(std::uint32_t ea, bool store = false, const AccessContext& context = {}) {
    rig.core.prepare(store ? tlm::TLM_WRITE_COMMAND : tlm::TLM_READ_COMMAND, ea);
    rig.core.extension.context = context;
    rig.core.payload.set_extension(&rig.core.extension);
    dmi.init();
    return rig.core.socket->get_direct_mem_ptr(rig.core.payload, dmi);
  }
  /// Ranges taken back by that.
  Ranges taken_by(const mmu::Instruction& i) {
    rig.core.invalidated.clear();
    rig.execute(i);
    return rig.core.invalidated;
  }

  const mmu::Core& e500mc = *mmu::find_core("e500mc");
  MmuRig<TlmMemory> rig{e500mc.parameters, e500mc.timing,  nanoseconds(1),
                        RealAddress(kRa),  Bytes(kMemory), nanoseconds(10)};
  tlm::tlm_dmi dmi;
};

TEST_F(TlmDmi, GrantsThePageAndWhatItPermits) {
  map_first_page();
  const Cycles now = rig.mmu.engine().now();
  ASSERT_TRUE(ask(kEa + 0x123));
  EXPECT_EQ(dmi.get_start_address(), kEa);
  EXPECT_EQ(dmi.get_end_address(), kEa + 0xFFF);
  EXPECT_EQ(dmi.get_dmi_ptr(), rig.target.bytes().data());
  EXPECT_TRUE(dmi.is_read_write_allowed());
  EXPECT_EQ(dmi.get_read_latency(), nanoseconds(1 + 10));  // an L1 hit, and the memory's
  EXPECT_EQ(dmi.get_write_latency(), nanoseconds(1 + 10));
  EXPECT_EQ(rig.core.payload.get_address(), kEa + 0x123);
  EXPECT_EQ(rig.mmu.engine().now(), now);
  EXPECT_EQ(rig.mmu.engine().counters().translations(), 0U);
}

TEST_F(TlmDmi, GrantsReadsOrWritesAsThePageDoes) {
  map_first_page(0x01);  // SR
  ASSERT_TRUE(ask(kEa));
  EXPECT_EQ(dmi.get_granted_access(), tlm::tlm_dmi::DMI_ACCESS_READ);
  EXPECT_FALSE(ask(kEa, true));
  EXPECT_EQ(dmi.get_start_address(), kEa);
  EXPECT_EQ(dmi.get_end_address(), kEa + 0xFFF);
  EXPECT_FALSE(ask(kEa, false, {false, true, false, false, false}));  // PR
  EXPECT_FALSE(ask(kEa, false, {false, false, false, false, true}));  // fetch
  map_first_page(0x14);                                               // SX SW
  EXPECT_FALSE(ask(kEa));
  ASSERT_TRUE(ask(kEa, true));
  EXPECT_EQ(dmi.get_granted_access(), tlm::tlm_dmi::DMI_ACCESS_WRITE);
  ASSERT_TRUE(ask(kEa, false, {false, false, false, false, true}));
  EXPECT_EQ(dmi.get_granted_access(), tlm::tlm_dmi::DMI_ACCESS_READ);
  EXPECT_FALSE(ask(kEa, true, {false, false, false, false, true}));
}

TEST_F(TlmDmi, LoadsAndStoresByExternalPidAreTwoContexts) {
  map_first_page();
  ASSERT_TRUE(ask(kEa, false, {false, false, false, true, false}));
  EXPECT_EQ(dmi.get_granted_access(), tlm::tlm_dmi::DMI_ACCESS_READ);
  EXPECT_EQ(taken_by(instruction(Opcode::Mtspr, 0x40000000, 0, Spr::Eplc)).size(), 1U);
  EXPECT_FALSE(ask(kEa, false, {false, false, false, true, false}));
  ASSERT_TRUE(ask(kEa, true, {false, false, false, true, false}));
  EXPECT_EQ(dmi.get_granted_access(), tlm::tlm_dmi::DMI_ACCESS_WRITE);
}

TEST_F(TlmDmi, IsThePageOrTheMemoryWhicheverIsSmaller) {
  // A page of 1 MB, of which the memory has the third and fourth quarter's first half.
  rig.map(true, 2, kValid | k1M, kEa + 0x100000, (kRa - 0x100000) | kAll);
  EXPECT_FALSE(ask(kEa + 0x100000));
  rig.map(true, 2, kValid | k1M, kEa + 0x100000, kRa | kAll);
  ASSERT_TRUE(ask(kEa + 0x17FFFF));
  EXPECT_EQ(dmi.get_start_address(), kEa + 0x100000);
  EXPECT_EQ(dmi.get_end_address(), kEa + 0x17FFFF);
  EXPECT_FALSE(ask(kEa + 0x180000));
  // Its flush counts, even at an address that the pointer does not serve.
  EXPECT_EQ(taken_by(instruction(Opcode::Tlbilx, kEa + 0x1F0000, 3)),
            (Ranges{{kEa + 0x100000, kEa + 0x17FFFF}}));
}

TEST_F(TlmDmi, IsFourKilobytesOfAPageThatOverlaps) {
  rig.map(true, 2, kValid | k1M, kEa, kRa | kAll);
  rig.map(false, 0, kValid | k4K, kEa + 0x3000, (kRa + 0x70000) | kAll);
  ASSERT_TRUE(ask(kEa + 0x1234));
  EXPECT_EQ(dmi.get_start_address(), kEa + 0x1000);
  EXPECT_EQ(dmi.get_end_address(), kEa + 0x1FFF);
  EXPECT_EQ(dmi.get_dmi_ptr(), &rig.target.bytes().at(0x1000));
  EXPECT_FALSE(ask(kEa + 0x3000));  // two entries: a machine check
}

TEST_F(TlmDmi, IsNotGrantedWhereNothingTranslates) {
  EXPECT_FALSE(ask(kEa));
  map_first_page();
  rig.core.prepare(tlm::TLM_IGNORE_COMMAND, kEa);
  EXPECT_FALSE(rig.core.socket->get_direct_mem_ptr(rig.core.payload, dmi));
  rig.target.allow_dmi(false);
  EXPECT_FALSE(ask(kEa));
}

TEST_F(TlmDmi, EndsWithEachInstructionThatTouchesThePage) {
  const Ranges page{{kEa, kEa + 0xFFF}};
  const Ranges none;
  const auto taken = [&](const mmu::Instruction& i) {
    map_first_page();
    EXPECT_TRUE(ask(kEa));
    return taken_by(i);
  };
  EXPECT_EQ(taken(instruction(Opcode::Tlbwe)), page);  // over it
  EXPECT_EQ(taken(instruction(Opcode::Tlbilx, 0, 0)), page);
  EXPECT_EQ(taken(instruction(Opcode::Tlbilx, 0, 1)), page);
  EXPECT_EQ(taken(instruction(Opcode::Tlbilx, kEa + 4, 3)), page);
  EXPECT_EQ(taken(instruction(Opcode::Tlbilx, kEa + 0x1000, 3)), none);
  EXPECT_EQ(taken(instruction(Opcode::Tlbivax, kEa)), page);
  EXPECT_EQ(taken(instruction(Opcode::Tlbivax, kEa + 0x1000)), none);
  EXPECT_EQ(taken(instruction(Opcode::Tlbivax, 4)), page);  // INV_ALL
  EXPECT_EQ(taken(instruction(Opcode::Mtspr, 4, 0, Spr::Mmucsr0)), page);
  EXPECT_EQ(taken(instruction(Opcode::Mtspr, 2, 0, Spr::Mmucsr0)), page);
  EXPECT_EQ(taken(instruction(Opcode::Mtspr, 0, 0, Spr::Mmucsr0)), none);
  EXPECT_EQ(taken(instruction(Opcode::Mtspr, 3, 0, Spr::Pid0)), page);
  EXPECT_EQ(taken(instruction(Opcode::Mtspr, 0, 0, Spr::Lpidr)), page);
  EXPECT_EQ(taken(instruction(Opcode::Mtspr, 0, 0, Spr::Mas6)), none);
  EXPECT_EQ(taken(instruction(Opcode::Tlbsx, kEa)), none);
  EXPECT_EQ(taken(instruction(Opcode::Tlbilx, kEa, 5)), none);  // traps
}

TEST_F(TlmDmi, EndsWithATlbweElsewhereOfItsAddress) {
  map_first_page();
  ASSERT_TRUE(ask(kEa));
  rig.write(Spr::Mas0, 0x10000000);  // TLB1, entry 0: an overlap is coming
  EXPECT_EQ(taken_by(instruction(Opcode::Tlbwe)), (Ranges{{kEa, kEa + 0xFFF}}));
  EXPECT_FALSE(ask(kEa));
}

TEST_F(TlmDmi, EndsWithASnoop) {
  map_first_page();
  ASSERT_TRUE(ask(kEa));
  rig.mmu.snoop(kEa + 0x1000, 0);
  EXPECT_TRUE(rig.core.invalidated.empty());
  rig.mmu.snoop(kEa, 0);
  EXPECT_EQ(rig.core.invalidated, (Ranges{{kEa, kEa + 0xFFF}}));
  EXPECT_FALSE(ask(kEa));
}

TEST_F(TlmDmi, EndsForEveryAddressOfMemoryThatIsTakenBack) {
  map_first_page();
  rig.map(false, 1, kValid | k4K, kEa + 0x5000, kRa | kAll);  // the same memory again
  rig.map(false, 2, kValid | k4K, kEa + 0x9000, (kRa + 0x1000) | kAll);
  for (const std::uint32_t ea : {kEa, kEa + 0x5000, kEa + 0x9000}) ASSERT_TRUE(ask(ea));
  rig.core.invalidated.clear();
  rig.target.take_back(RealAddress(kRa + 0x10), RealAddress(kRa + 0x11));
  EXPECT_EQ(rig.core.invalidated, (Ranges{{kEa, kEa + 0xFFF}, {kEa + 0x5000, kEa + 0x5FFF}}));
  rig.core.invalidated.clear();
  rig.target.allow_dmi(false);
  EXPECT_EQ(rig.core.invalidated, (Ranges{{kEa + 0x9000, kEa + 0x9FFF}}));
}

TEST(TlmDmiOfAStaleL1, IsNotGranted) {
  clocked::Configuration c = clocked::configuration_of("e500mc");
  c.parameters.backinv_match = mmu::BackinvMatch::None;
  MmuRig<TlmMemory> rig(c.parameters, c.timing, nanoseconds(1), RealAddress(kRa), Bytes(kMemory),
                        nanoseconds(10));
  const auto ask = [&] {
    tlm::tlm_dmi dmi;
    rig.core.prepare(tlm::TLM_READ_COMMAND, kEa);
    return rig.core.socket->get_direct_mem_ptr(rig.core.payload, dmi);
  };
  rig.map(false, 0, kValid | k4K, kEa, kRa | kAll);
  EXPECT_TRUE(ask());
  rig.core.prepare(tlm::TLM_READ_COMMAND, kEa);
  rig.core.send();  // now L1 has it
  EXPECT_TRUE(ask());
  rig.map(false, 0, kValid | k4K, kEa, (kRa + 0x1000) | kAll);  // L1 keeps the old
  EXPECT_FALSE(ask());
  rig.map(false, 0, 0, kEa, 0);
  EXPECT_FALSE(ask());
}

}  // namespace
}  // namespace tessera::systemc
