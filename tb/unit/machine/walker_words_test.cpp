// The software walker is fed with random PTE words, on every engine: what the TLB then does with an
// access is what the laboratory's decode says of the word.

#include <array>
#include <memory>
#include <random>
#include <string>

#include <gtest/gtest.h>

#include "model/mmu/mas.hpp"
#include "model/pte/shipped.hpp"
#include "sw/machine/kernel_layout.hpp"
#include "sw/machine/miss_handler.hpp"
#include "sw/pte_lab/semantics.hpp"
#include "tb/unit/machine/small_machine.hpp"

namespace tessera::machine {
namespace {

using mmu::AccessKind;
using mmu::Outcome;
using mmu::Spr;
using pte::Mas3Permission;
using pte::Raw;

constexpr unsigned kWords = 10'000;
constexpr std::uint64_t kSeed = 20261121;
constexpr RealAddress kPgd{0x900000};
constexpr RealAddress kTable{0xA00000};
constexpr EffectiveAddress kFirstPage{0x10000000};  // entry 0 of its page of entries
constexpr Bytes kOffset{0x123};

/// What the walker asks of a word, and what the access then needs, by kind.
struct Demands {
  AccessKind kind;
  Raw pte::LoaderLayout::*required;
  Mas3Permission right;
};

constexpr std::array<Demands, 3> kDemands{
    {{AccessKind::Load, &pte::LoaderLayout::requires_load, Mas3Permission::Ur},
     {AccessKind::Store, &pte::LoaderLayout::requires_store, Mas3Permission::Uw},
     {AccessKind::Fetch, &pte::LoaderLayout::requires_fetch_user, Mas3Permission::Ux}}};

/// A core, its kernel's page in TLB1, and page tables of one page of entries.
class Walker {
 public:
  Walker(const EngineDescription& engine, const char* format)
      : layout_(pte::shipped_layout(format)),
        config_(config_of("e500mc", layout_.width)),
        memory_(config_.memory),
        engine_(engine.make(config_.mmu, config_.timing, nullptr)),
        core_(*engine_, memory_, config_.timing),
        handler_(core_, *config_.format) {
    map_kernel();
    core_.mtspr(Spr::Pid0, 1);
    core_.mtspr(Spr::Mas4, mmu::mas4::kTsized5.at(2));
    core_.store(kThread + kThreadPgdir, kernel_address(kPgd).value());
    const std::uint32_t index = kFirstPage.value() >> config_.format->geometry.pgd_shift;
    memory_.contents().write(kPgd + Bytes(4) * index, kernel_address(kTable).value());
  }

  /// Puts the word into the page tables and lets a program access its page.
  void check(unsigned page, Raw word, const Demands& demands) {
    put(page, word);
    core_.mtspr(Spr::Mmucsr0, mmu::mmucsr0::kTlb0Fi.mask);
    mmu::Access access;
    access.ea = kFirstPage + bytes_of(PageCount(page)) + kOffset;
    access.kind = demands.kind;
    access.pr = true;
    const bool fetch = access.kind == AccessKind::Fetch;
    const Outcome missed = core_.translate(access).outcome;
    ASSERT_EQ(missed, fetch ? Outcome::InstructionTlbError : Outcome::DataTlbError);
    const bool refilled = handler_.handle({fetch ? MissKind::Instruction : MissKind::Data,
                                           access.ea, access.kind == AccessKind::Store});
    ASSERT_EQ(refilled, pte_lab::all_set(word, (*layout_.loader).*demands.required));
    if (refilled) check_entry(core_.translate(access), word, demands);
  }

  unsigned allowed() const { return allowed_; }
  unsigned refused() const { return refused_; }
  const MissHandlerCounters& counters() const { return handler_.counters(); }
  const pte::Layout& layout() const { return layout_; }

 private:
  void check_entry(const mmu::Translation& translation, Raw word, const Demands& demands) {
    if (!pte_lab::grants(layout_, word, demands.right)) {
      ++refused_;
      ASSERT_EQ(translation.outcome, demands.kind == AccessKind::Fetch ? Outcome::InstructionStorage
                                                                       : Outcome::DataStorage);
      return;
    }
    ++allowed_;
    ASSERT_EQ(translation.outcome, Outcome::Translated);
    const Raw in_36_bits = pte_lab::loaded_rpn(layout_, word) & pte::ones(36 - kPageShift);
    ASSERT_EQ(translation.ra.value(), (in_36_bits << kPageShift) + kOffset.value());
    ASSERT_EQ(translation.wimge, pte_lab::gather(layout_.loader->mas2_wimge, word));
  }

  /// 256 MB at PAGE_OFFSET, for supervisors, protected from invalidation.
  void map_kernel() {
    core_.mtspr(Spr::Mas0, mmu::mas0::kTlbsel.at(1));
    core_.mtspr(Spr::Mas1,
                mmu::mas1::kValid.mask | mmu::mas1::kIprot.mask | mmu::mas1::kTsize.at(9));
    core_.mtspr(Spr::Mas2, kPageOffset.value());
    core_.mtspr(Spr::Mas3, 0x15);  // SX SW SR
    core_.tlbwe();
  }

  /// Big-endian: the upper word first.
  void put(unsigned page, Raw word) {
    RealAddress at = kTable + Bytes(std::uint64_t{page} * config_.format->width_bytes);
    if (layout_.width == 64) {
      memory_.contents().write(at, static_cast<std::uint32_t>(word >> 32));
      at = at + Bytes(4);
    }
    memory_.contents().write(at, static_cast<std::uint32_t>(word));
  }

  pte::Layout layout_;
  MachineConfig config_;
  Memory memory_;
  std::unique_ptr<mmu::MmuEngine> engine_;
  Core core_;
  MissHandler handler_;
  unsigned allowed_ = 0;
  unsigned refused_ = 0;
};

/// Random, but for half of the words what every load needs is there.
Raw random_entry(std::mt19937_64& random, const pte::Layout& layout) {
  const Raw word = random() & pte::word_mask(layout);
  return (random() & 1) == 0 ? word : word | layout.loader->requires_load;
}

class WalkerWords : public ::testing::TestWithParam<EngineDescription> {};

TEST_P(WalkerWords, LeadToTheTranslationThatDecodeSays) {
  for (const char* format : {"fsl32", "fsl64"}) {
    Walker walker(GetParam(), format);
    std::mt19937_64 random(kSeed);
    for (unsigned i = 0; i < kWords; ++i) {
      const Raw word = random_entry(random, walker.layout());
      SCOPED_TRACE(std::string(format) + ", seed " + std::to_string(kSeed) + ", entry " +
                   std::to_string(word));
      walker.check(i % 512, word, kDemands[i % kDemands.size()]);
      if (HasFatalFailure()) return;
    }
    EXPECT_EQ(walker.counters().refills, walker.allowed() + walker.refused());
    EXPECT_GT(walker.counters().bail_outs, kWords / 10);
    EXPECT_GT(walker.allowed(), kWords / 10);
    EXPECT_GT(walker.refused(), kWords / 10);
  }
}

INSTANTIATE_TEST_SUITE_P(Engines, WalkerWords, ::testing::ValuesIn(engines()),
                         [](const auto& tested) { return std::string(tested.param.name); });

}  // namespace
}  // namespace tessera::machine
