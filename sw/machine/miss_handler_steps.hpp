#pragma once

#include <cstdint>
#include <vector>

#include "model/pte/format.hpp"

namespace tessera::machine {

/// What one step of the TLB-miss handler is. Each is one instruction but for Plain, which is
/// `count`, WithholdWrite, which is `count` and only executed for a clean page, and WrapCam, which
/// is `count` with the load at its end and only executed behind the last entry of TLB1.
enum class StepKind : std::uint8_t {
  Plain,            ///< integer, branch, mfspr, mtspr: nothing the MMU or memory sees
  SaveRegister,     ///< store to thread.normsave[slot]
  RestoreRegister,  ///< load from thread.normsave[slot]
  LoadPgdir,        ///< load thread.pgdir
  LoadPgdEntry,
  BranchSmall,     ///< hugetlb kernels: on to the steps of small pages if the entry is an address
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
  // Huge pages alone (e500mc-mmu.md 5.5).
  LoadThreadInfo,    ///< 3.6: load the pointer to the thread_info
  LoadCpu,           ///< load the number of the CPU, from there or from the task
  LoadPerCpuOffset,  ///< load where the variables of that CPU are
  LoadCam,           ///< load next_tlbcam_idx
  SelectCam,         ///< MAS0: TLB1, that entry
  ReadTlb1cfg,
  WrapCam,   ///< behind the last entry: load tlbcam_index
  StoreCam,  ///< store next_tlbcam_idx
  ReadMas1,
  WriteMas1,  ///< TSIZE
  // Of a core with indirect entries (tlb_core_data is that of kernel_layout.hpp):
  LoadEselNext,
  LoadEselMax,
  LoadEselFirst,
  StoreEselNext,
  ReadMas0,
  WriteMas0,       ///< the entry whose turn it is
  WriteMas2Span,   ///< the first address of the PTE page's span
  WriteMas3Table,  ///< where the PTE page is, and the size of its pages
};

struct Step {
  StepKind kind = StepKind::Plain;
  std::uint8_t count = 1;  ///< instructions of Plain and WithholdWrite; of
                           ///< WrapCam too; slot of Save and Restore
};

enum class MissKind : std::uint8_t { Data, Instruction };

/// How the kernel of the handler was built.
struct HandlerBuild {
  /// CONFIG_HUGETLB_PAGE, with 64-bit PTEs. What e500mc-mmu.md 5.6 counts of it is an SMP kernel,
  /// which so is ours; one without is UP.
  bool hugetlb = false;
  /// The number of the CPU stands in the task, not in a thread_info (Linux 5.1).
  bool cpu_in_task = false;
  /// The core's walker reads through indirect entries: without them hugetlb is off.
  bool indirect = false;
};

/// DataTLBError or InstructionTLBError for a small page at a user address, step by step
/// (e500mc-mmu.md 5.3, 5.6), for the width of this format's PTEs.
std::vector<Step> refill_steps(const pte::Format& format, MissKind kind, HandlerBuild build = {});

/// The same for a huge page, of a kernel with hugetlb. Up to BranchSmall both lists are the same.
std::vector<Step> huge_refill_steps(MissKind kind, HandlerBuild build);

/// The same for a core whose walker reads through indirect entries (e500mc-mmu.md 5.7): writes one
/// for the PTE page of the address. Data and instructions take as many steps.
std::vector<Step> indirect_refill_steps();

/// From a bail-out branch to the first instruction of the page-fault handler.
std::vector<Step> bail_out_steps();

/// Instructions that a list of steps executes, for a dirty or a clean page; next_tlbcam_idx does
/// not wrap.
std::uint64_t instructions_of(const std::vector<Step>& steps, bool dirty);

}  // namespace tessera::machine
