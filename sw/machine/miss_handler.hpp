#pragma once

#include <cstdint>
#include <vector>

#include "model/pte/format.hpp"
#include "model/types/units.hpp"
#include "sw/machine/core.hpp"
#include "sw/machine/huge_tlb.hpp"
#include "sw/machine/miss_handler_steps.hpp"

namespace tessera {
class Archive;
}

namespace tessera::machine {

/// What the miss handlers did since reset. Every TLB error moves either refills or bail_outs.
struct MissHandlerCounters {
  std::uint64_t refills = 0;       ///< a handler wrote an entry and returned by rfi
  std::uint64_t huge_refills = 0;  ///< of the refills, those that wrote TLB1
  std::uint64_t bail_outs = 0;     ///< a handler found no usable PTE and went to the page fault
  std::uint64_t instructions = 0;  ///< executed by handlers, refills and bail-outs alike
};

/// Linux's TLB-miss handler, its steps issued one by one through the core: the software walker, or
/// what gives a walker its indirect entries.
class MissHandler {
 public:
  /// `core` and `format` must outlive the handler.
  MissHandler(Core& core, const pte::Format& format, HandlerBuild build = {});

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

  /// What changes during a run (decision 13).
  void state(Archive& archive);

 private:
  /// The handler's registers.
  struct Registers {
    Miss miss;
    std::uint32_t pgd = 0;        ///< kernel address of the PGD
    std::uint32_t pgd_entry = 0;  ///< kernel address of the PTE page; 0: none; or a hugepd
    pte::Raw pte = 0;
    std::uint32_t mas0 = 0;
    std::uint32_t mas2 = 0;
    std::uint32_t esel_next = 0;
    std::uint32_t esel_max = 0;
    std::uint32_t esel_first = 0;
    unsigned shift = 0;                         ///< log2 of a huge page; 0: a small one
    EffectiveAddress cpu = kThread + kTaskCpu;  ///< where the number of this CPU stands
    std::uint32_t cam = 0;                      ///< entry of TLB1, the next one from WrapCam on
    std::uint32_t tlb1cfg = 0;
    std::uint32_t mas1 = 0;

    bool huge() const { return shift != 0; }
  };

  /// The steps of one kind of miss.
  struct Paths {
    std::vector<Step> small;
    std::vector<Step> huge;  ///< empty without hugetlb
  };

  /// False when the step is a branch that is taken.
  bool run(const Step& step, Registers& registers);
  void count(const Step& step, bool skipped);
  static Paths paths_of(const pte::Format& format, MissKind kind, HandlerBuild build);
  static bool skips(const Step& step, const Registers& registers, const pte::Format& format);
  /// One of the steps that only huge pages have.
  void run_huge(const Step& step, Registers& registers, bool skipped);
  static std::uint32_t epn_of(const Registers& registers);
  /// One of the steps that only indirect entries have.
  void run_indirect(const Step& step, Registers& registers);
  void load_pte_word(Registers& registers, bool high);
  bool lacks_required_bits(const Registers& registers) const;
  void bail_out(Registers& registers);

  Core& core_;
  const pte::Format& format_;
  Paths data_;
  Paths instruction_;
  std::vector<Step> bail_out_;
  MissHandlerCounters counters_;
};

}  // namespace tessera::machine
