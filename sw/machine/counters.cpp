#include "sw/machine/counters.hpp"

#include <array>

namespace tessera::machine {
namespace {

constexpr CounterKind kEvents = CounterKind::Events;
constexpr CounterKind kState = CounterKind::State;
using Counters = RunCounters;

constexpr auto kDescriptions = std::to_array<CounterDescription>({
    {"accesses", &Counters::accesses, kEvents, "accesses",
     "A read or write of a window page by the workload went through; retries do not count."},
    {"mapping_calls", &Counters::mapping_calls, kEvents, "calls",
     "The program called mmap, munmap or remap_file_pages on the window, whatever it returned."},
    {"vmas", &Counters::vmas, kState, "VMAs", "VMAs that lie in the window, at the end."},
    {"vmas_peak", &Counters::vmas_peak, kState, "VMAs",
     "Largest number of VMAs in the window after any mapping call, or at the start."},
    {"faults_minor", &Counters::faults_minor, kEvents, "faults",
     "An accounted fault without I/O (ru_minflt): a resolved exception, or a page prefaulted "
     "inside a mapping call."},
    {"faults_major", &Counters::faults_major, kEvents, "faults",
     "An accounted fault that waited for I/O (ru_majflt): the page was not in the page cache, or "
     "in swap and not in the swap cache."},
    {"page_fault_exceptions", &Counters::page_fault_exceptions, kEvents, "exceptions",
     "The kernel's page-fault handler was entered: a DSI, an ISI, or a bail-out of a TLB-miss "
     "handler."},
    {"dtlb_errors", &Counters::dtlb_errors, kEvents, "exceptions",
     "A load or store found no entry in any TLB: data TLB error exception."},
    {"itlb_errors", &Counters::itlb_errors, kEvents, "exceptions",
     "A fetch found no entry in any TLB: instruction TLB error exception."},
    {"tlb_refills", &Counters::tlb_refills, kEvents, "refills",
     "A TLB-miss handler wrote an entry and returned to the program."},
    {"huge_refills", &Counters::huge_refills, kEvents, "refills",
     "Of tlb_refills: the page was a huge one, and the entry went into TLB1."},
    {"tlb1_preloads", &Counters::tlb1_preloads, kEvents, "preloads",
     "A fault on a huge page ended with its translation being written into TLB1, as it was not "
     "there."},
    {"walks", &Counters::walks, kEvents, "walks",
     "A walk by hardware ended: it wrote TLB0, or its access faulted."},
    {"walk_loads", &Counters::walk_loads, kEvents, "loads",
     "A hardware walker read memory: an entry of a PGD or of a PTE page."},
    {"walk_faults", &Counters::walk_faults, kEvents, "walks",
     "A walk by hardware found no page that may be used: its access ended in a DSI or ISI."},
    {"tlb0_writes", &Counters::tlb0_writes, kEvents, "writes",
     "A tlbwe wrote TLB0: a refill or, on cores without tlbilx, the invalidation of one entry."},
    {"tlb1_writes", &Counters::tlb1_writes, kEvents, "writes",
     "A tlbwe wrote TLB1: a huge refill, a preload or, on cores without tlbilx, an "
     "invalidation."},
    {"flush_va", &Counters::flush_va, kEvents, "flushes",
     "One page of one PID was invalidated: tlbilx T=3, or tlbsx and tlbwe."},
    {"flush_pid", &Counters::flush_pid, kEvents, "flushes", "One PID was invalidated: tlbilx T=1."},
    {"flush_all", &Counters::flush_all, kEvents, "flushes",
     "Every entry that is not protected was invalidated: MMUCSR0 flash."},
    {"flush_table", &Counters::flush_table, kEvents, "flushes",
     "A freed PTE page was forgotten: the indirect entry for it was invalidated."},
    {"l1_hits", &Counters::l1_hits, kEvents, "translations",
     "A translation hit its L1 TLB, permitted or not."},
    {"l2_hits", &Counters::l2_hits, kEvents, "translations",
     "A translation missed its L1 TLB and hit TLB0 or TLB1, permitted or not."},
    {"page_table_pages", &Counters::page_table_pages, kState, "pages of 4 KB",
     "PTE pages of the process, at the end; the PGD is not among them."},
    {"huge_pages", &Counters::huge_pages, kState, "pages of 4 MB",
     "Huge pages of 4 MB that the process has mapped, at the end."},
    {"vma_bytes", &Counters::vma_bytes, kState, "bytes",
     "vmas times sizeof(struct vm_area_struct) of the kernel."},
    {"remaps_done", &Counters::remaps_done, kEvents, "remaps",
     "dbwin, reverse, mirror: a remap was completed, mapped or not; others: an element or page "
     "was replaced."},
    {"kernel_instructions", &Counters::kernel_instructions, kEvents, "instructions",
     "An instruction was executed in supervisor state: TLB-miss handlers, page faults, system "
     "calls."},
    {"user_instructions", &Counters::user_instructions, kEvents, "instructions",
     "An instruction of the program was executed; a retried access counts once."},
    {"translations", &Counters::translations, kEvents, "translations",
     "The MMU was asked to translate a fetch, load or store, of the program or of the kernel."},
    {"flushes_remap", &Counters::flushes_remap, kEvents, "flushes",
     "The kernel asked for a flush because remap_file_pages replaced a present page."},
    {"flushes_unmap", &Counters::flushes_unmap, kEvents, "flushes",
     "The kernel asked for a flush because pages were unmapped, by mmap over them too."},
    {"flushes_dirty", &Counters::flushes_dirty, kEvents, "flushes",
     "The kernel asked for a flush because a present PTE became accessed, dirty or writable."},
    {"flushes_copy_on_write", &Counters::flushes_copy_on_write, kEvents, "flushes",
     "The kernel asked for a flush because a private page was copied."},
    {"flushes_spurious", &Counters::flushes_spurious, kEvents, "flushes",
     "The kernel asked for a flush because a write fault found nothing to change."},
    {"flushes_protect", &Counters::flushes_protect, kEvents, "flushes",
     "The kernel asked for a flush because mprotect changed present PTEs."},
    {"flushes_move", &Counters::flushes_move, kEvents, "flushes",
     "The kernel asked for a flush because mremap moved PTEs."},
    {"flushes_discard", &Counters::flushes_discard, kEvents, "flushes",
     "The kernel asked for a flush because madvise dropped pages."},
    {"flushes_truncate", &Counters::flushes_truncate, kEvents, "flushes",
     "The kernel asked for a flush because the file lost pages."},
    {"flushes_clean", &Counters::flushes_clean, kEvents, "flushes",
     "The kernel asked for a flush because write-back made dirty pages clean and read-only."},
    {"flushes_reclaim", &Counters::flushes_reclaim, kEvents, "flushes",
     "The kernel asked for a flush because a page was taken away, or its accessed bit."},
    {"flushes_fork", &Counters::flushes_fork, kEvents, "flushes",
     "The kernel asked for a flush because private pages became read-only for parent and child."},
    {"flushes_context_steal", &Counters::flushes_context_steal, kEvents, "flushes",
     "The kernel asked for a flush because the PID went to another process."},
    {"wrong_pages", &Counters::wrong_pages, kEvents, "accesses",
     "An access found another page of the file than was mapped there."},
});

}  // namespace

const std::vector<CounterDescription>& counter_descriptions() {
  static const std::vector<CounterDescription> descriptions(kDescriptions.begin(),
                                                            kDescriptions.end());
  return descriptions;
}

std::uint64_t RunCounters::*flushes_by(vm::FlushCause cause) {
  static constexpr std::array<std::uint64_t RunCounters::*, vm::kFlushCauses> kMembers{
      &Counters::flushes_remap,         &Counters::flushes_unmap,    &Counters::flushes_dirty,
      &Counters::flushes_copy_on_write, &Counters::flushes_spurious, &Counters::flushes_protect,
      &Counters::flushes_move,          &Counters::flushes_discard,  &Counters::flushes_truncate,
      &Counters::flushes_clean,         &Counters::flushes_reclaim,  &Counters::flushes_fork,
      &Counters::flushes_context_steal};
  return kMembers.at(static_cast<std::size_t>(cause));
}

RunCounters between(const RunCounters& start, const RunCounters& end) {
  RunCounters result = end;
  for (const CounterDescription& counter : counter_descriptions()) {
    if (counter.kind == CounterKind::Events) {
      result.*counter.member -= start.*counter.member;
    }
  }
  return result;
}

}  // namespace tessera::machine
