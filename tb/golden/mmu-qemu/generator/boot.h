#pragma once

#include "mas.h"

/// Brings the MMU and the RAM to the state before operation 0 (../README.md). Returns what TLB1[0]
/// held after reset.
struct Mas set_up_mmu(void);
/// The MAS registers, PID, EPLC and EPSC.
void clear_registers(void);
