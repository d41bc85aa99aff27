#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "model/clocked/pins.hpp"
#include "model/mmu/engine.hpp"
#include "model/mmu/parameters.hpp"
#include "model/mmu/timing.hpp"
#include "model/mmu/walk_memory.hpp"
#include "model/wave/wave_file.hpp"

namespace tessera::wave {

/// A clocked::PinEngine whose wave has the cycle numbers of the engine: reset is before cycle 0 and
/// not shown, and cycles that the engine skips because nothing moves in them are shown all the
/// same, with the clock running.
class WaveEngine final : public mmu::MmuEngine {
 public:
  /// `device` shows itself in `wave`; `parameters` and `timing` are those it was made with, and
  /// `memory` is as PinEngine has it.
  WaveEngine(std::unique_ptr<clocked::PinDevice> device, std::shared_ptr<WaveFile> wave,
             const mmu::Parameters& parameters, const mmu::Timing& timing,
             mmu::WalkMemory* memory = nullptr);
  ~WaveEngine() override;

  Cycles now() const override { return engine_->now(); }
  void advance(Cycles duration) override;
  mmu::Translation access(const mmu::Access& access) override;
  std::pair<mmu::Translation, mmu::Translation> access_pair(const mmu::Access& fetch,
                                                            const mmu::Access& data) override;
  mmu::Completion execute(const mmu::Instruction& instruction) override;
  const mmu::MmuCounters& counters() const override { return engine_->counters(); }

  /// The reading itself is not shown. The present cycle is, and with no request: the pins show
  /// other things afterwards. So a request in this cycle, after the reading, is missing from the
  /// wave.
  std::vector<mmu::TlbEntry> valid_entries() const override;

 private:
  void show_present() const;
  void show_skipped();

  clocked::PinDevice& device_;  ///< the engine's
  std::shared_ptr<WaveFile> wave_;
  std::unique_ptr<mmu::MmuEngine> engine_;
};

}  // namespace tessera::wave
