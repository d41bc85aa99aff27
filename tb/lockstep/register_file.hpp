#pragma once

#include <array>
#include <cstdint>

#include "model/mmu/parameters.hpp"
#include "model/mmu/spr.hpp"

namespace tessera::lockstep {

/// The registers of docs/pins.md 8 and docs/walkers.md W1, written down once more for the checker.
struct RegisterFile {
  std::array<std::uint32_t, 9> mas{};
  std::array<std::uint32_t, 3> pid{};
  std::uint32_t lpidr = 0;
  std::uint32_t epcr = 0;
  std::uint32_t eplc = 0;
  std::uint32_t epsc = 0;
  std::uint32_t walkctl = 0;
  std::uint32_t walkpgd = 0;
  std::uint32_t walkkpgd = 0;
  std::uint32_t walkbase = 0;
};

/// The core has it, and mtspr may write it or mfspr read it.
bool has_register(mmu::Spr spr, const mmu::Parameters& parameters);

/// The bits that a register keeps; 0 if the core lacks it.
std::uint32_t register_mask(mmu::Spr spr, const mmu::Parameters& parameters);

/// mtspr of a register that exists and is not read-only; nothing otherwise.
void write_register(RegisterFile& registers, mmu::Spr spr, std::uint32_t value, bool gs,
                    const mmu::Parameters& parameters);

/// mfspr; 0 for a register the core lacks.
std::uint32_t read_register(const RegisterFile& registers, mmu::Spr spr,
                            const mmu::Parameters& parameters);

}  // namespace tessera::lockstep
