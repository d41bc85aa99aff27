#pragma once

#include <memory>
#include <string>

#include "model/mmu/core.hpp"
#include "model/mmu/engine.hpp"
#include "model/pte/format.hpp"
#include "sw/machine/memory/memory.hpp"
#include "sw/vm/personality.hpp"

namespace tessera::machine {

/// Builds an MMU in its reset state; both arguments outlive it.
using EngineFactory = std::unique_ptr<mmu::MmuEngine> (*)(const mmu::Parameters&,
                                                          const mmu::Timing&);

/// The default: the transaction engine. Throws std::invalid_argument, as its constructor.
std::unique_ptr<mmu::MmuEngine> make_transaction_engine(const mmu::Parameters& parameters,
                                                        const mmu::Timing& timing);

/// Everything that makes a machine what it is.
struct MachineConfig {
  std::string core;  ///< name of the preset `mmu` and `timing` started from
  mmu::Parameters mmu;
  mmu::Timing timing;
  EngineFactory make_engine = &make_transaction_engine;
  MemoryParameters memory;
  const pte::Format* format = nullptr;  ///< never null once filled in
  vm::Personality kernel;
};

}  // namespace tessera::machine
