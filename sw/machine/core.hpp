#pragma once

#include <cstdint>

#include "model/mmu/engine.hpp"
#include "model/mmu/timing.hpp"
#include "model/types/units.hpp"
#include "sw/machine/accounting/accounting.hpp"
#include "sw/machine/cycle_account.hpp"
#include "sw/machine/memory/memory.hpp"

namespace tessera {
class Archive;
}

namespace tessera::machine {

/// One in-order, blocking core: one instruction a cycle, and nothing else happens while it waits
/// for a translation or for memory. Keeps a clock of its own, summed from the durations of its
/// steps, which must always agree with the engine's.
class Core {
 public:
  /// All must outlive the core. `accounting`, if any, is told what the MMU does for this core.
  Core(mmu::MmuEngine& engine, Memory& memory, const mmu::Timing& timing,
       Accounting* accounting = nullptr)
      : engine_(engine),
        mmu_(engine.counters()),
        memory_(memory),
        timing_(timing),
        accounting_(accounting),
        clock_(engine.now()) {}

  /// Executes `count` instructions that touch neither memory nor the MMU.
  void instructions(std::uint64_t count) { wait(Cycles(count), Activity::Instructions); }

  /// Exception entry: drains, and fetches the first handler instruction from the kernel's page.
  void enter_exception();

  /// rfi: back to where the exception came from; the caller fetches there.
  void rfi() { wait(timing_.rfi, Activity::Exceptions); }

  void isync() { wait(timing_.isync, Activity::MmuInstructions); }

  /// One translation; its time is Part::Walk if the hardware walked for it.
  mmu::Translation translate(const mmu::Access& access);

  /// Waits for the data of a load or store whose address is translated: the first cycle of the
  /// load-to-use latency was the translation's, in parallel with the cache access.
  void wait_for_data(RealAddress ra) { wait(memory_.use(ra) - Cycles(1), Activity::MemoryStall); }

  /// Executes one MMU instruction. Throws std::logic_error if it traps: the kernel executes
  /// none that may.
  std::uint32_t execute(const mmu::Instruction& instruction);
  void mtspr(mmu::Spr spr, std::uint32_t value);
  std::uint32_t mfspr(mmu::Spr spr);
  void tlbwe();

  /// A supervisor load or store of a word in lowmem, translated through TLB1.
  std::uint32_t load(EffectiveAddress kernel);
  void store(EffectiveAddress kernel, std::uint32_t word);

  /// A tlbsx found no entry for this address.
  void search_failed(EffectiveAddress ea) {
    if (accounting_ != nullptr) accounting_->search_failed(ea);
  }

  const mmu::MmuEngine& engine() const { return engine_; }
  Memory& memory() { return memory_; }
  CycleAccount& account() { return account_; }
  const CycleAccount& account() const { return account_; }
  /// Null if there is none.
  Accounting* accounting() { return accounting_; }

  /// Time as this core has summed it.
  Cycles clock() const { return clock_; }

  /// PID0, as written last.
  Pid pid() const { return pid_; }

  /// Translations asked for since reset.
  std::uint64_t translations() const { return translations_; }

  /// What changes during a run (decision 13).
  void state(Archive& archive);

 private:
  void wait(Cycles duration, Activity activity);
  void spend_until(Cycles done, Activity activity);
  /// The time of a translation that did not hit L1, of which a walker waited so long.
  void spend_on_miss(Cycles done, Cycles waited);
  void finish_miss(const mmu::Access& access, const mmu::Translation& translation, L1Miss miss,
                   Cycles waited);
  RealAddress supervisor(EffectiveAddress kernel, mmu::AccessKind kind);

  mmu::MmuEngine& engine_;
  const mmu::MmuCounters& mmu_;  ///< the engine's
  Memory& memory_;
  const mmu::Timing& timing_;
  Accounting* accounting_;
  CycleAccount account_;
  Cycles clock_;
  Pid pid_{0};
  std::uint64_t translations_ = 0;
};

}  // namespace tessera::machine
