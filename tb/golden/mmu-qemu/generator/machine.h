#pragma once

#include <stdint.h>

/// What stands where while the generator runs. The facts about QEMU's ppce500 are in ../README.md,
/// "Machine facts"; boot.c makes the mappings.

/// TLB1 entries 0 to 3 are the generator's own; operations leave them alone.
enum { kFirstFreeEsel = 4 };

/// 512 entries in 4 ways and 64 entries, as TLB0CFG and TLB1CFG say (../README.md).
enum { kTlb0Sets = 128, kTlb0Ways = 4, kTlb1Entries = 64 };

/// Effective addresses that operations use: above the generator, below the alias.
static const uint32_t kEaBegin = 0x10000000;
static const uint32_t kEaEnd = 0xD0000000;

/// The identifying RAM (ram.h): its real address, its size, and where the generator reaches it.
static const uint32_t kRam = 0x10000000;
static const uint32_t kRamBytes = 0x10000000;
static const uint32_t kAlias = 0xD0000000;

/// 1 MB of CCSR; in it the UART, a 16550, and the GUTS register that resets the machine.
static const uint32_t kCcsr = 0xFE000000;
static const uint32_t kUart = 0xFE004500;
static const uint32_t kResetControl = 0xFE0E00B0;

/// Seed, number of operations and mode, a big-endian word each, put there by QEMU's loader.
static const uint32_t kParameters = 0x5000;
