#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "model/clocked/pins.hpp"
#include "model/mmu/engine.hpp"
#include "model/mmu/parameters.hpp"
#include "sw/workload/random.hpp"

namespace tessera::lockstep {

/// What software does so that translations hit: it sets up a hardware walker, refills after a TLB
/// error from the MAS registers that hardware has set, mends a page after DSI or ISI through tlbsx,
/// and clears up after a machine check. Its pages are more than L1 holds, and in some sets more
/// than TLB0 holds; a few of them are hot at a time, so that it matters which way is replaced.
class Software {
 public:
  /// Draws from `random`, which outlives it.
  Software(const mmu::Parameters& parameters, workload::Random& random);

  /// Forgets what it was about, clears both TLBs unless a reset has just done so, and sets up the
  /// registers.
  void begin(bool after_reset);

  /// The outputs of this cycle: responses and traps to react to.
  void react(const clocked::OutputPins& shown);

  /// An EA of a hot page.
  std::uint32_t address();

  /// It has an instruction to offer.
  bool busy() const { return position_ < script_.size(); }

  /// Puts the instruction on the pins; `taken`: the MMU accepts it at the end of this cycle.
  void put(clocked::InputPins& in, bool taken);

  /// Begins something else than a refill: a PID switch, an invalidation, a look at a register.
  void disturb();

  /// GS of all accesses: a refill writes no other TGS.
  bool guest() const { return guest_; }

  /// A refill of that page takes TS and TID from MAS1; of any other, AS is 0 and the PID its own.
  bool takes_mas_as_it_is(std::uint32_t ea) const;

 private:
  struct Step {
    mmu::Opcode opcode = mmu::Opcode::Tlbsync;
    mmu::Spr spr = mmu::Spr::Pid0;
    std::uint32_t operand = 0;
    std::uint8_t t = 0;
  };

  bool chance(std::uint32_t of_1024) { return random_.below(1024) < of_1024; }
  void clear_tlbs();
  void set_up_registers();
  void refill(std::uint32_t ea);
  void refill_tlb1(std::uint32_t ea);
  void refill_indirect(std::uint32_t ea);
  void set_up_walker();
  std::uint32_t searched_kind();
  std::uint32_t next_tlb1();
  void mend(std::uint32_t ea);
  void restart();
  void mtspr(mmu::Spr spr, std::uint32_t value);
  void add(mmu::Opcode opcode, std::uint32_t operand = 0, std::uint8_t t = 3);
  std::uint32_t page(unsigned number) const;
  std::uint32_t frame_and_rights();
  std::uint32_t guest_words() const;

  mmu::Parameters parameters_;
  workload::Random& random_;
  std::vector<Step> script_;
  std::size_t position_ = 0;
  std::array<std::uint32_t, 28> hot_{};
  std::uint32_t hot_pages_ = 1;
  std::uint32_t pid_ = 1;
  std::uint32_t lpid_ = 0;
  std::uint32_t next_tlb1_ = 0;
  bool guest_ = false;
  bool tablewalk_ = false;            ///< a hardware walker does most of the refills
  bool indirect_ = false;             ///< it refills indirect entries for one that does the rest
  bool indirect_by_default_ = false;  ///< MAS4 says so, as in Linux
  bool indirect_global_ = false;      ///< with TID = 0
  std::uint32_t walkbase_ = 0;
  bool refilling_ = false;
};

}  // namespace tessera::lockstep
