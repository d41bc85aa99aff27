#pragma once

#include <cstdint>
#include <string>

#include "model/mmu/core.hpp"
#include "model/pte/format.hpp"
#include "sw/machine/accounting/config.hpp"
#include "sw/machine/accounting/timeline.hpp"
#include "sw/machine/engines.hpp"
#include "sw/machine/memory/memory.hpp"
#include "sw/vm/file.hpp"
#include "sw/vm/personality.hpp"

namespace tessera::machine {

/// Everything that makes a machine what it is.
struct MachineConfig {
  std::string core;  ///< name of the preset `mmu` and `timing` started from
  mmu::Parameters mmu;
  mmu::Timing timing;
  std::string engine{engines().front().name};
  EngineFactory make_engine = engines().front().make;
  MemoryParameters memory;
  const pte::Format* format = nullptr;  ///< never null once filled in
  vm::Personality kernel;
  /// Huge pages of 4 MB set aside at boot (/proc/sys/vm/nr_hugepages); with any, the kernel is one
  /// that was built with CONFIG_HUGETLB_PAGE.
  std::uint64_t nr_hugepages = 0;
  vm::FileSystem file_system = vm::kTmpfs;         ///< of the window's file
  vm::FileCache file_cache = vm::FileCache::Warm;  ///< at the start, of the window's file
  AccountingConfig accounting;
  Timeline* timeline = nullptr;  ///< is told what the machine does, if accounting is full
};

}  // namespace tessera::machine
