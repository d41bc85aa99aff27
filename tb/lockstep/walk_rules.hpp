#pragma once

#include <cstdint>

#include "model/mmu/parameters.hpp"
#include "tb/lockstep/entry_list.hpp"
#include "tb/lockstep/register_file.hpp"

namespace tessera::lockstep {

/// What a walk knows of the access it is for (docs/walkers.md W5).
struct WalkedAccess {
  std::uint32_t ea = 0;
  bool as = false;
  std::uint32_t lpid = 0;
  std::uint32_t pid = 0;  ///< PID0 of the request
  EntryWords indirect;    ///< E6500
};

/// What a walk does next.
struct WalkStep {
  enum class Kind : std::uint8_t { Load, Write, PageTableFault, TlbIneligible, BusError };

  Kind kind = Kind::Load;
  std::uint64_t ra = 0;  ///< Load
  bool is_double = false;
  EntryWords entry;  ///< Write
};

/// What follows when the walker has taken the access.
WalkStep first_step(const WalkedAccess& access, const RegisterFile& registers,
                    const mmu::Parameters& parameters);

/// What follows on what memory has answered to load number `load`, from 0 on.
WalkStep next_step(const WalkedAccess& access, const RegisterFile& registers,
                   const mmu::Parameters& parameters, unsigned load, std::uint64_t data);

}  // namespace tessera::lockstep
