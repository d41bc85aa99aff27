#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "model/mmu/counters.hpp"
#include "model/mmu/spr.hpp"
#include "model/mmu/tlb_entry.hpp"
#include "model/types/units.hpp"

namespace tessera::mmu {

/// What an access does.
enum class AccessKind : std::uint8_t { Fetch, Load, Store };

/// One translation request. AS, PR and GS are those of the MSR at the accepting edge; PID and
/// LPID are sampled from the MMU's registers at the same edge (docs/microarchitecture.md).
struct Access {
  EffectiveAddress ea;                 ///< the address to translate
  AccessKind kind = AccessKind::Load;  ///< what the access does with it
  bool as = false;                     ///< MSR[IS] for a fetch, MSR[DS] for data
  bool pr = false;                     ///< MSR[PR]: problem (user) state
  bool gs = false;                     ///< MSR[GS]: guest state; cores without E.HV ignore it
  /// lwepx, stwepx ...: AS, PR, GS, PID and LPID come from EPLC (loads) or EPSC (stores).
  bool external_pid = false;
};

/// What became of an Access.
enum class Outcome : std::uint8_t {
  Translated,
  DataTlbError,         ///< no entry matches; IVOR13, MAS registers updated
  InstructionTlbError,  ///< no entry matches; IVOR14, MAS registers updated
  DataStorage,          ///< an entry matches but forbids it (DSI, IVOR2); MAS untouched
  InstructionStorage,   ///< ISI, IVOR3; MAS untouched
  MachineCheck,         ///< more than one entry matches in the L2 TLBs (e500mc)
};

/// The response to one Access.
struct Translation {
  Cycles done;                            ///< the edge of the response, in engine time
  Outcome outcome = Outcome::Translated;  ///< what became of it
  RealAddress ra;                         ///< meaningful when Translated
  std::uint8_t wimge = 0;     ///< W I M G E of the page, E in bit 0; meaningful when Translated
  EffectiveAddress fault_ea;  ///< DEAR or SRR0 of the exception; meaningful unless Translated
  std::uint32_t esr = 0;      ///< ESR of a data exception; 0 for the others
};

/// The MMU instructions (e500mc-mmu.md 3).
enum class Opcode : std::uint8_t {
  Tlbwe,
  Tlbre,
  Tlbsx,
  Tlbilx,
  Tlbivax,
  Tlbsync,
  Mtspr,
  Mfspr,
};

/// One MMU instruction. Operands that an opcode does not have are ignored.
struct Instruction {
  Opcode opcode = Opcode::Tlbsync;  ///< which one
  std::uint32_t operand = 0;        ///< EA of tlbsx, tlbivax, tlbilx T=3; value of mtspr
  std::uint8_t t = 0;               ///< T of tlbilx
  Spr spr = Spr::Pid0;              ///< register of mtspr and mfspr
  bool ra_nonzero = false;          ///< tlbsx with rA != 0, which e500 refuses (e500mc-mmu.md 3.6)
  bool pr = false;                  ///< MSR[PR]
  bool gs = false;                  ///< MSR[GS]
};

/// Why an Instruction did nothing.
enum class Trap : std::uint8_t {
  None,
  IllegalInstruction,   ///< program interrupt, ESR[PIL]
  Privileged,           ///< program interrupt, ESR[PPR]
  HypervisorPrivilege,  ///< IVOR41
  MachineCheck,         ///< tlbsx found more than one entry (e500mc-mmu.md 3.6); full latency
};

/// The end of one Instruction.
struct Completion {
  Cycles done;              ///< the edge at which its effect is there
  Trap trap = Trap::None;   ///< when not None, nothing was changed
  std::uint32_t value = 0;  ///< result of mfspr
};

/// The hardware, as a core sees it. One access or instruction is outstanding at a time: each
/// call starts at now() and leaves now() at its completion. Every engine gives the same results
/// in the same cycle for the same calls (docs/microarchitecture.md is the contract).
class MmuEngine {
 public:
  MmuEngine() = default;
  MmuEngine(const MmuEngine&) = delete;
  MmuEngine& operator=(const MmuEngine&) = delete;
  virtual ~MmuEngine() = default;

  /// Engine time: cycles since reset.
  virtual Cycles now() const = 0;

  /// Lets `duration` pass with no request on any port.
  virtual void advance(Cycles duration) = 0;

  /// Translates one access, accepted at now().
  virtual Translation access(const Access& access) = 0;

  /// A fetch and a data access accepted at the same edge, on the two ports. now() is left at
  /// the later response. On an L2 lookup data goes first (e500mc-mmu.md 6.2).
  virtual std::pair<Translation, Translation> access_pair(const Access& fetch,
                                                          const Access& data) = 0;

  /// Executes one MMU instruction, accepted at now().
  virtual Completion execute(const Instruction& instruction) = 0;

  /// Event counts since reset: the same object at every call, for as long as the engine lives.
  virtual const MmuCounters& counters() const = 0;

  /// All valid entries of TLB0 (set by set, way by way) then TLB1 (by index): for audits and
  /// dumps, takes no time.
  virtual std::vector<TlbEntry> valid_entries() const = 0;
};

}  // namespace tessera::mmu
