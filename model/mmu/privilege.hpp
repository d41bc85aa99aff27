#pragma once

#include <cstdint>

#include "model/mmu/engine.hpp"
#include "model/mmu/parameters.hpp"

namespace tessera::mmu {

/// Does the core have this register? (e500mc-mmu.md 3.1)
bool has_spr(Spr spr, const Parameters& parameters);

/// The forms of tlbilx that FSL cores have: T = 0, 1, 3 (e500mc-mmu.md 3.8).
constexpr bool has_tlbilx_form(std::uint8_t t) { return t == 0 || t == 1 || t == 3; }

/// Configuration registers: mtspr to them does not exist.
bool is_read_only(Spr spr);

/// The trap that stops an instruction before it looks at its operands (e500mc-mmu.md 3.9): an
/// opcode the core does not have is illegal in every state; then user state is refused, then
/// guest state where the hypervisor must look. `epcr` holds DGTMI.
Trap privilege_trap(const Instruction& instruction, const Parameters& parameters,
                    std::uint32_t epcr);

}  // namespace tessera::mmu
