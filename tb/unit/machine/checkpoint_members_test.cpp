// Whether a member of a class with a state came that nobody thought of.

#include <gtest/gtest.h>

#include "model/mmu/transaction_engine.hpp"
#include "sw/machine/accounting/region.hpp"
#include "sw/machine/machine.hpp"
#include "sw/machine/run.hpp"
#include "sw/vm/huge_file.hpp"

namespace tessera::machine::checkpoints {
namespace {

/// Not all that a class has is in its state, but what it has more than when its state was written
/// down was overlooked or thought of: whoever changes a size here has looked at state().
TEST(Checkpoint, NoMemberCameUnseen) {
  struct Size {
    const char* name;
    std::size_t is;
    std::size_t was;
  };
  const std::vector<Size> sizes{{"mmu::UseOrder", sizeof(mmu::UseOrder), 40},
                                {"mmu::LruArray", sizeof(mmu::LruArray), 96},
                                {"mmu::L1Tlb", sizeof(mmu::L1Tlb), 208},
                                {"mmu::TlbEntry", sizeof(mmu::TlbEntry), 28},
                                {"mmu::L2Array", sizeof(mmu::L2Array), 72},
                                {"mmu::Tlb0", sizeof(mmu::Tlb0), 128},
                                {"mmu::Tlb1", sizeof(mmu::Tlb1), 144},
                                {"mmu::NextVictim", sizeof(mmu::NextVictim), 32},
                                {"mmu::Mmu", sizeof(mmu::Mmu), 1168},
                                {"mmu::TransactionEngine", sizeof(mmu::TransactionEngine), 1352},
                                {"vm::HugePool", sizeof(vm::HugePool), 64},
                                {"vm::HugeFile", sizeof(vm::HugeFile), 72},
                                {"vm::HugepteCache", sizeof(vm::HugepteCache), 64},
                                {"vm::FrameAllocator", sizeof(vm::FrameAllocator), 344},
                                {"vm::OffsetRanges", sizeof(vm::OffsetRanges), 48},
                                {"vm::File", sizeof(vm::File), 776},
                                {"vm::VmaKind", sizeof(vm::VmaKind), 48},
                                {"vm::Vma", sizeof(vm::Vma), 80},
                                {"vm::VmaTree", sizeof(vm::VmaTree), 128},
                                {"vm::PageTable", sizeof(vm::PageTable), 112},
                                {"vm::AddressSpace", sizeof(vm::AddressSpace), 1016},
                                {"PhysicalMemory", sizeof(PhysicalMemory), 24},
                                {"CacheLevel", sizeof(CacheLevel), 48},
                                {"WalkLoads", sizeof(WalkLoads), 40},
                                {"Memory", sizeof(Memory), 248},
                                {"CycleAccount", sizeof(CycleAccount), 352},
                                {"Core", sizeof(Core), 416},
                                {"TlbFlusher", sizeof(TlbFlusher), 64},
                                {"HugePreloader", sizeof(HugePreloader), 32},
                                {"KernelHardware", sizeof(KernelHardware), 136},
                                {"MissHandler", sizeof(MissHandler), 168},
                                {"Process", sizeof(Process), 56},
                                {"Machine", sizeof(Machine), 4592},
                                {"RunResult", sizeof(RunResult), 1464},
                                {"LatencyHistogram", sizeof(LatencyHistogram), 40},
                                {"SlotSums", sizeof(SlotSums), 112},
                                {"IntervalSeries", sizeof(IntervalSeries), 456},
                                {"PageHistory", sizeof(PageHistory), 32},
                                {"PageHistories", sizeof(PageHistories), 24},
                                {"ShadowTlb", sizeof(ShadowTlb), 48},
                                {"Tlb0Mirror", sizeof(Tlb0Mirror), 128},
                                {"RefillClassifier", sizeof(RefillClassifier), 208},
                                {"Accounting", sizeof(Accounting), 1296},
                                {"Region", sizeof(Region), 40}};
  for (const Size& size : sizes) {
    EXPECT_EQ(size.is, size.was) << size.name << ": is a member missing from its state()?";
  }
  EXPECT_GE(sizes.size(), 40U);
}

}  // namespace
}  // namespace tessera::machine::checkpoints
