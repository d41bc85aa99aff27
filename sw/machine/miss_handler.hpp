#pragma once

#include <cstdint>
#include <vector>

#include "model/pte/format.hpp"
#include "model/types/units.hpp"
#include "sw/machine/core.hpp"
#include "sw/machine/miss_handler_steps.hpp"

namespace tessera::machine {

/// What the miss handlers did since reset. Every TLB error moves exactly one of the first two.
struct MissHandlerCounters {
  std::uint64_t refills = 0;       ///< a handler wrote an entry and returned by rfi
  std::uint64_t bail_outs = 0;     ///< a handler found no usable PTE and went to the page fault
  std::uint64_t instructions = 0;  ///< executed by handlers, refills and bail-outs alike
};

/// The software walker: Linux's TLB-miss handler, its steps issued one by one through the core.
class MissHandler {
 public:
  /// `core` and `format` must outlive the handler.
  MissHandler(Core& core, const pte::Format& format);

  /// The fault that brought us here, as the exception registers hold it.
  struct Miss {
    MissKind kind = MissKind::Data;
    EffectiveAddress ea;  ///< DEAR or SRR0
    bool store = false;   ///< ESR[ST]
  };

  /// Runs the handler, from exception entry on: true if it refilled the TLB and returned; false
  /// if it bailed out and the page-fault handler is about to begin.
  bool handle(const Miss& miss);

  const MissHandlerCounters& counters() const { return counters_; }

 private:
  /// The handler's registers.
  struct Registers {
    Miss miss;
    std::uint32_t pgd = 0;        ///< kernel address of the PGD
    std::uint32_t pgd_entry = 0;  ///< kernel address of the PTE page, 0: none
    pte::Raw pte = 0;
    std::uint32_t mas2 = 0;
  };

  /// False when the step is a branch that is taken.
  bool run(const Step& step, Registers& registers);
  void load_pte_word(Registers& registers, bool high);
  bool lacks_required_bits(const Registers& registers) const;
  void bail_out(Registers& registers);

  Core& core_;
  const pte::Format& format_;
  std::vector<Step> data_;
  std::vector<Step> instruction_;
  std::vector<Step> bail_out_;
  MissHandlerCounters counters_;
};

}  // namespace tessera::machine
