// The walkers are fed with random PTE words, on every engine: what the TLB then does with an access
// is what the laboratory's decode says of the word.

#include <array>
#include <memory>
#include <random>
#include <string>
#include <tuple>

#include <gtest/gtest.h>

#include "model/mmu/mas.hpp"
#include "model/pte/shipped.hpp"
#include "sw/machine/boot.hpp"
#include "sw/machine/kernel_layout.hpp"
#include "sw/machine/miss_handler.hpp"
#include "sw/pte_lab/semantics.hpp"
#include "tb/unit/machine/small_machine.hpp"

namespace tessera::machine {
namespace {

using mmu::AccessKind;
using mmu::HardwareWalker;
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

// ESR (docs/walkers.md W5).
constexpr std::uint32_t kPageTable = 0x100;
constexpr std::uint32_t kTlbIneligible = 0x200;

/// fsl64 names the size of the page; fsl32 has one size.
bool has_4k_page(const pte::Layout& layout, Raw word) {
  return pte_lab::gather(layout.present.page_size, word) == layout.present.page_size_4k;
}
Raw with_4k_page(const pte::Layout& layout, Raw word) {
  const Raw field = pte_lab::spread(layout.present.page_size, ~Raw{0});
  return (word & ~field) | pte_lab::spread(layout.present.page_size, layout.present.page_size_4k);
}

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

/// A core as its kernel boots it, and page tables of one page of entries.
class Walker {
 public:
  Walker(const EngineDescription& engine, const char* format, HardwareWalker walker)
      : layout_(pte::shipped_layout(format)),
        config_(config_of("e500mc", layout_.width, walker)),
        memory_(config_.memory),
        engine_(engine.make(config_.mmu, config_.timing, &memory_)),
        core_(*engine_, memory_, config_.timing),
        handler_(core_, *config_.format, {.indirect = walker == HardwareWalker::E6500}),
        walker_(walker) {
    boot(core_, config_.memory.ram, walker, *config_.format);
    run_on(core_, Pid(1), kPgd, walker);
    const std::uint32_t index = kFirstPage.value() >> config_.format->geometry.pgd_shift;
    memory_.contents().write(kPgd + Bytes(4) * index, kernel_address(kTable).value());
    if (walker == HardwareWalker::E6500) learn_table();
  }

  /// Puts the word into the page tables and lets a program access its page.
  void check(unsigned page, Raw word, const Demands& demands) {
    put(page, word);
    core_.mtspr(Spr::Mmucsr0, mmu::mmucsr0::kTlb0Fi.mask);
    mmu::Access access;
    access.ea = kFirstPage + bytes_of(PageCount(page)) + kOffset;
    access.kind = demands.kind;
    access.pr = true;
    if (walker_ == HardwareWalker::Off) {
      check_handler(access, word, demands);
    } else {
      check_walk(core_.translate(access), word, demands);
    }
  }

  unsigned allowed() const { return allowed_; }
  unsigned refused() const { return refused_; }
  unsigned absent() const { return absent_; }
  const MissHandlerCounters& handler() const { return handler_.counters(); }
  const mmu::MmuCounters& mmu() const { return engine_->counters(); }
  const pte::Layout& layout() const { return layout_; }
  HardwareWalker walker() const { return walker_; }

 private:
  void check_handler(const mmu::Access& access, Raw word, const Demands& demands) {
    const bool fetch = access.kind == AccessKind::Fetch;
    const Outcome missed = core_.translate(access).outcome;
    ASSERT_EQ(missed, fetch ? Outcome::InstructionTlbError : Outcome::DataTlbError);
    const bool refilled = handler_.handle({fetch ? MissKind::Instruction : MissKind::Data,
                                           access.ea, access.kind == AccessKind::Store});
    ASSERT_EQ(refilled, pte_lab::all_set(word, (*layout_.loader).*demands.required));
    if (refilled) {
      check_entry(core_.translate(access), word, demands);
    } else {
      ++absent_;
    }
  }

  /// docs/walkers.md W5: what every load needs must be there, whatever the access is; through an
  /// indirect entry only pages of 4 KB.
  void check_walk(const mmu::Translation& translation, Raw word, const Demands& demands) {
    const bool found = pte_lab::all_set(word, layout_.loader->requires_load);
    const bool fits = walker_ == HardwareWalker::Tablewalk || has_4k_page(layout_, word);
    if (found && fits) return check_entry(translation, word, demands);
    ++absent_;
    if (demands.kind == AccessKind::Fetch) {
      ASSERT_EQ(translation.outcome, Outcome::InstructionStorage);
      return;
    }
    ASSERT_EQ(translation.outcome, Outcome::DataStorage);
    const std::uint32_t cause = found ? kTlbIneligible : kPageTable;
    const std::uint32_t store = demands.kind == AccessKind::Store ? mmu::esr::kStore.mask : 0;
    ASSERT_EQ(translation.esr, cause | store);
  }

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

  /// The kernel writes the indirect entry of the page of entries.
  void learn_table() {
    mmu::Access access;
    access.ea = kFirstPage;
    access.pr = true;
    EXPECT_EQ(core_.translate(access).outcome, Outcome::DataTlbError);
    EXPECT_TRUE(handler_.handle({MissKind::Data, access.ea, false}));
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
  HardwareWalker walker_;
  unsigned allowed_ = 0;
  unsigned refused_ = 0;
  unsigned absent_ = 0;
};

/// Random, but for half of the words what every load needs is there, and of these most are of 4 KB
/// pages.
Raw random_entry(std::mt19937_64& random, const pte::Layout& layout) {
  const Raw word = random() & pte::word_mask(layout);
  const std::uint64_t choice = random() % 8;
  if (choice < 4) return word;
  const Raw usable = word | layout.loader->requires_load;
  return choice == 4 ? usable : with_4k_page(layout, usable);
}

void feed(Walker& walker) {
  std::mt19937_64 random(kSeed);
  for (unsigned i = 0; i < kWords; ++i) {
    const Raw word = random_entry(random, walker.layout());
    SCOPED_TRACE("seed " + std::to_string(kSeed) + ", entry " + std::to_string(word));
    walker.check(i % 512, word, kDemands[i % kDemands.size()]);
    if (::testing::Test::HasFatalFailure()) return;
  }
  EXPECT_EQ(walker.allowed() + walker.refused() + walker.absent(), kWords);
  EXPECT_GT(walker.allowed(), kWords / 10);
  EXPECT_GT(walker.refused(), kWords / 10);
  EXPECT_GT(walker.absent(), kWords / 10);
}

using WalkerWordsOf = std::tuple<EngineDescription, const char*>;

class WalkerWords : public ::testing::TestWithParam<WalkerWordsOf> {
 protected:
  static Walker walker(HardwareWalker which) {
    return {std::get<0>(GetParam()), std::get<1>(GetParam()), which};
  }
};

TEST_P(WalkerWords, LeadSoftwareToTheTranslationThatDecodeSays) {
  Walker software = walker(HardwareWalker::Off);
  feed(software);
  EXPECT_EQ(software.handler().refills, software.allowed() + software.refused());
  EXPECT_EQ(software.handler().bail_outs, software.absent());
}

TEST_P(WalkerWords, LeadTablewalkToTheTranslationThatDecodeSays) {
  Walker tablewalk = walker(HardwareWalker::Tablewalk);
  feed(tablewalk);
  EXPECT_EQ(tablewalk.handler().instructions, 0U);
  EXPECT_EQ(tablewalk.mmu().walk_loads, 2 * kWords);
  EXPECT_EQ(tablewalk.mmu().walk_faults, tablewalk.absent());
}

TEST_P(WalkerWords, LeadE6500ToTheTranslationThatDecodeSays) {
  if (std::get<1>(GetParam()) != std::string("fsl64")) return;  // it reads no other
  Walker e6500 = walker(HardwareWalker::E6500);
  feed(e6500);
  EXPECT_EQ(e6500.handler().refills, 1U);
  EXPECT_EQ(e6500.mmu().walk_loads, kWords);
  EXPECT_EQ(e6500.mmu().walk_faults, e6500.absent());
}

INSTANTIATE_TEST_SUITE_P(Engines, WalkerWords,
                         ::testing::Combine(::testing::ValuesIn(engines()),
                                            ::testing::Values("fsl32", "fsl64")),
                         [](const auto& tested) {
                           return std::string(std::get<0>(tested.param).name) + "_" +
                                  std::get<1>(tested.param);
                         });

}  // namespace
}  // namespace tessera::machine
