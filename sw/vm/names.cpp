#include "sw/vm/counters.hpp"
#include "sw/vm/system_calls.hpp"

namespace tessera::vm {

namespace {

constexpr std::array<const char*, kKernelWorks> kWorkNames{
    "system_call",     "mmap_base",     "munmap_base",     "find_vma_level", "vma_insert",
    "vma_remove",      "vma_split",     "vma_adjust",      "zap_entry",      "zap_page",
    "page_flush",      "pid_flush",     "remap_base",      "remap_page",     "remap_replace",
    "prefault_base",   "prefault_page", "exception_fault", "file_fault",     "file_dirty",
    "anonymous_fault", "upgrade_fault", "copy_fault",      "page_clear",     "table_allocate",
    "table_free",      "protect_entry", "move_entry",      "map_around",     "copy_entry",
    "vma_tree_node"};

constexpr std::array<const char*, kFlushCauses> kCauseNames{
    "remap",   "unmap",    "dirty", "copy_on_write", "spurious", "protect",      "move",
    "discard", "truncate", "clean", "reclaim",       "fork",     "context_steal"};

}  // namespace

const char* name(KernelWork work) { return kWorkNames[static_cast<std::size_t>(work)]; }

const char* name(FlushCause cause) { return kCauseNames[static_cast<std::size_t>(cause)]; }

const char* name(FlushKind kind) { return kind == FlushKind::Page ? "page" : "pid"; }

const char* name(FaultResult result) {
  switch (result) {
    case FaultResult::Resolved:
      return "resolved";
    case FaultResult::MapError:
      return "SIGSEGV/MAPERR";
    case FaultResult::AccessError:
      return "SIGSEGV/ACCERR";
    case FaultResult::BusError:
      return "SIGBUS";
    case FaultResult::OutOfMemory:
      return "out of memory";
  }
  return "?";
}

std::uint64_t VmCounters::flushes_of(FlushKind kind) const {
  std::uint64_t sum = 0;
  for (const auto& by_kind : flushes) sum += by_kind[static_cast<std::size_t>(kind)];
  return sum;
}

}  // namespace tessera::vm
