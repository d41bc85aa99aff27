#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "model/clocked/memory_port.hpp"
#include "model/clocked/pins.hpp"
#include "model/mmu/engine.hpp"
#include "model/mmu/parameters.hpp"
#include "model/mmu/timing.hpp"
#include "model/mmu/walk_memory.hpp"

namespace tessera::clocked {

/// The core's side of the pins: turns calls of MmuEngine into cycles of a device, one access or
/// instruction outstanding, and the memory's side: always ready, it answers when it says. A device
/// that is not ready when it must be, does not answer, or reads on and on, makes a call throw
/// std::logic_error.
class PinEngine final : public mmu::MmuEngine {
 public:
  /// Resets the device; cycle 0 is the first in which it is ready. `parameters` and `timing` are
  /// those the device was made with. `memory` is what a hardware walker reads, and outlives the
  /// engine; a walker without it throws std::invalid_argument.
  PinEngine(std::unique_ptr<PinDevice> device, const mmu::Parameters& parameters,
            const mmu::Timing& timing, mmu::WalkMemory* memory = nullptr);

  Cycles now() const override { return now_; }
  void advance(Cycles duration) override;
  mmu::Translation access(const mmu::Access& access) override;
  std::pair<mmu::Translation, mmu::Translation> access_pair(const mmu::Access& fetch,
                                                            const mmu::Access& data) override;
  mmu::Completion execute(const mmu::Instruction& instruction) override;
  const mmu::MmuCounters& counters() const override { return counters_; }

  /// Read through the pins by tlbre, with all registers put back; the cycles that takes belong to
  /// nobody's time.
  std::vector<mmu::TlbEntry> valid_entries() const override;

 private:
  /// When the L2 port takes the next lookup: the device's may be free earlier than the engine's,
  /// as time passes in it while entries are read.
  struct L2Port {
    Cycles free;
    Cycles device_free;
  };

  /// A response as the pins showed it, for what it tells of the L2 port.
  struct Answered {
    std::uint32_t events = 0;
    Cycles cycle;
    unsigned bus_errors = 0;  ///< of walks, so far
  };

  void step(const InputPins& in);
  void begin_call();
  Cycles l2_wait() const;
  Cycles note_response(bool fetch, Cycles wait);
  void note_slots(Cycles wait);
  void note_slot(const Answered& answered, bool bus_error);
  void end_at(Cycles done);
  void wait_since(Cycles accepted);
  std::uint32_t untimed(mmu::Opcode opcode, mmu::Spr spr, std::uint32_t operand) const;
  mmu::TlbEntry read_entry(mmu::TlbArray array, std::uint32_t set, std::uint32_t slot) const;

  std::unique_ptr<PinDevice> device_;
  mmu::Parameters parameters_;
  MemoryPort memory_;
  Cycles l2tlb_accept_;  ///< also the idle cycles after which nothing changes any more
  Cycles l2tlb_hit_penalty_;
  Cycles longest_answer_;
  OutputPins out_;
  Cycles now_;
  Cycles idle_;  ///< idle cycles since the last request or instruction
  mutable L2Port l2_port_;
  Answered fetch_;  ///< of the last call
  Answered data_;
  mmu::MmuCounters counters_;
};

}  // namespace tessera::clocked
