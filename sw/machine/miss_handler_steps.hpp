#pragma once

#include <cstdint>
#include <vector>

#include "model/pte/format.hpp"

namespace tessera::machine {

/// What one step of the TLB-miss handler is. Each is one instruction but for Plain, which is
/// `count`, and WithholdWrite, which is `count` and only executed for a clean page.
enum class StepKind : std::uint8_t {
  Plain,            ///< integer, branch, mfspr, mtspr: nothing the MMU or memory sees
  SaveRegister,     ///< store to thread.normsave[slot]
  RestoreRegister,  ///< load from thread.normsave[slot]
  LoadPgdir,        ///< load thread.pgdir
  LoadPgdEntry,
  BranchNoTable,   ///< bail out if the PGD entry is 0
  LoadPteLow,      ///< the word with the flags
  LoadPteHigh,     ///< 64-bit PTEs: the upper word
  BranchPteLacks,  ///< bail out if a required bit is missing
  ReadMas2,
  WriteMas2,
  WithholdWrite,  ///< 64-bit PTEs: clears SW and UW
  WriteMas3,
  WriteMas7,
  Tlbwe,
  Rfi,
};

struct Step {
  StepKind kind = StepKind::Plain;
  std::uint8_t count = 1;  ///< instructions of Plain and WithholdWrite; slot of Save and Restore
};

enum class MissKind : std::uint8_t { Data, Instruction };

/// DataTLBError or InstructionTLBError of a UP kernel for a user address, step by step
/// (e500mc-mmu.md 5.3, 5.6), for the width of this format's PTEs.
std::vector<Step> refill_steps(const pte::Format& format, MissKind kind);

/// From a bail-out branch to the first instruction of the page-fault handler.
std::vector<Step> bail_out_steps();

/// Instructions that a list of steps executes, for a dirty or a clean page.
std::uint64_t instructions_of(const std::vector<Step>& steps, bool dirty);

}  // namespace tessera::machine
