#pragma once

#include <array>
#include <cstdint>
#include <random>

#include "model/mmu/engine.hpp"
#include "model/mmu/parameters.hpp"

namespace tessera::clocked {

/// One call of MmuEngine.
struct Call {
  enum class Kind : std::uint8_t { Access, Pair, Execute, Advance };

  Kind kind = Kind::Access;
  mmu::Access access;  ///< also the fetch of a pair
  mmu::Access data;
  mmu::Instruction instruction;
  Cycles duration;
};

/// Random calls on few pages, PIDs and ways, so that everything meets everything; with a hardware
/// walker also on its registers, and with indirect entries. The same
/// parameters and seed give the same calls.
class RandomCalls {
 public:
  RandomCalls(const mmu::Parameters& parameters, unsigned seed);

  /// The next call.
  Call next();

 private:
  bool one_in(unsigned count) { return pick(count) == 0; }
  unsigned pick(unsigned below) { return static_cast<unsigned>(random_() % below); }
  std::uint32_t word() { return static_cast<std::uint32_t>(random_()); }
  std::uint32_t ea();
  mmu::Access access(mmu::AccessKind kind);
  mmu::Instruction instruction();
  void aim_mtspr(mmu::Instruction& instruction);
  std::uint32_t value_of(mmu::Spr spr);
  std::uint32_t context_value(mmu::Spr spr);
  mmu::Spr walk_spr();
  std::uint32_t walk_value(mmu::Spr spr);
  mmu::Instruction indirect_entry_step();
  std::uint32_t indirect_value_of(mmu::Spr spr);
  bool has(mmu::HardwareWalker walker) const { return parameters_.hardware_walker == walker; }

  mmu::Parameters parameters_;
  std::mt19937 random_;
  std::array<mmu::Access, 8> recent_{};
  unsigned steps_left_ = 0;  ///< to an indirect entry
};

}  // namespace tessera::clocked
