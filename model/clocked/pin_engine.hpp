#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "model/clocked/pins.hpp"
#include "model/mmu/engine.hpp"
#include "model/mmu/parameters.hpp"
#include "model/mmu/timing.hpp"

namespace tessera::clocked {

/// The core's side of the pins: turns calls of MmuEngine into cycles of a device, one access or
/// instruction outstanding. A device that is not ready when it must be, or does not answer, makes a
/// call throw std::logic_error.
class PinEngine final : public mmu::MmuEngine {
 public:
  /// Resets the device; cycle 0 is the first in which it is ready. `parameters` and `timing` are
  /// those the device was made with.
  PinEngine(std::unique_ptr<PinDevice> device, const mmu::Parameters& parameters,
            const mmu::Timing& timing);

  Cycles now() const override { return now_; }
  void advance(Cycles duration) override;
  mmu::Translation access(const mmu::Access& access) override;
  std::pair<mmu::Translation, mmu::Translation> access_pair(const mmu::Access& fetch,
                                                            const mmu::Access& data) override;
  mmu::Completion execute(const mmu::Instruction& instruction) override;
  const mmu::MmuCounters& counters() const override { return counters_; }

  /// Read through the pins by tlbre, with all registers put back; the cycles that takes belong to
  /// nobody's time. They free the L2 port: where L2TLB_ACCEPT > L2TLB_HIT_PENALTY, an access right
  /// after this may end earlier than without it.
  std::vector<mmu::TlbEntry> valid_entries() const override;

 private:
  void step(const InputPins& in);
  void wait_since(Cycles accepted);
  std::uint32_t untimed(mmu::Opcode opcode, mmu::Spr spr, std::uint32_t operand) const;
  mmu::TlbEntry read_entry(mmu::TlbArray array, std::uint32_t set, std::uint32_t slot) const;

  std::unique_ptr<PinDevice> device_;
  mmu::Parameters parameters_;
  Cycles settling_;  ///< idle cycles after which nothing changes any more
  Cycles longest_answer_;
  OutputPins out_;
  Cycles now_;
  Cycles idle_;  ///< idle cycles since the last request or instruction
  mmu::MmuCounters counters_;
};

}  // namespace tessera::clocked
