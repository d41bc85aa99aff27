#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "model/mmu/transaction_engine.hpp"

namespace tessera::machine {

/// An MMU with a fault of its own, around a sound one.
class FaultyEngine : public mmu::MmuEngine {
 public:
  FaultyEngine(const mmu::Parameters& parameters, const mmu::Timing& timing,
               mmu::WalkMemory* memory)
      : sound_(parameters, timing, memory), memory_(memory) {}

  Cycles now() const override { return sound_.now(); }
  void advance(Cycles duration) override { sound_.advance(duration); }
  mmu::Translation access(const mmu::Access& access) override { return sound_.access(access); }
  std::pair<mmu::Translation, mmu::Translation> access_pair(const mmu::Access& fetch,
                                                            const mmu::Access& data) override {
    return sound_.access_pair(fetch, data);
  }
  mmu::Completion execute(const mmu::Instruction& instruction) override {
    return sound_.execute(instruction);
  }
  const mmu::MmuCounters& counters() const override { return sound_.counters(); }
  std::vector<mmu::TlbEntry> valid_entries() const override { return sound_.valid_entries(); }

 protected:
  mmu::TransactionEngine sound_;
  mmu::WalkMemory* memory_;
};

/// Makes an engine of that class.
template <class Engine>
std::unique_ptr<mmu::MmuEngine> make_faulty(const mmu::Parameters& parameters,
                                            const mmu::Timing& timing, mmu::WalkMemory* memory) {
  return std::make_unique<Engine>(parameters, timing, memory);
}

}  // namespace tessera::machine
