#pragma once

#include <utility>
#include <vector>

#include "model/mmu/engine.hpp"
#include "model/mmu/mmu.hpp"
#include "model/mmu/parameters.hpp"
#include "model/mmu/timing.hpp"

namespace tessera::mmu {

/// The fast engine: completion cycles are computed, not stepped (docs/microarchitecture.md).
class TransactionEngine final : public MmuEngine {
 public:
  /// Reset state at cycle 0. Throws std::invalid_argument with the text of validation_error.
  TransactionEngine(const Parameters& parameters, const Timing& timing);

  Cycles now() const override { return now_; }
  void advance(Cycles duration) override { now_ += duration; }
  Translation access(const Access& access) override;
  std::pair<Translation, Translation> access_pair(const Access& fetch, const Access& data) override;
  Completion execute(const Instruction& instruction) override;
  const MmuCounters& counters() const override { return mmu_.counters(); }
  std::vector<TlbEntry> valid_entries() const override { return mmu_.valid_entries(); }

  /// The architectural state behind it, for audits.
  const Mmu& mmu() const { return mmu_; }

 private:
  Translation translate(const Access& access);
  Translation respond_from_l2(const Access& access, const Sample& sample);

  Mmu mmu_;
  Timing timing_;
  Cycles now_;
  Cycles l2_free_;  ///< first edge at which the L2 TLBs accept a lookup
};

}  // namespace tessera::mmu
