#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "sw/vm/hardware.hpp"

namespace tessera::machine {

/// What one run counted. Each member has its one exact line in counter_descriptions().
struct RunCounters {
  std::uint64_t accesses = 0;
  std::uint64_t mapping_calls = 0;
  std::uint64_t remaps_done = 0;
  std::uint64_t vmas = 0;
  std::uint64_t vmas_peak = 0;
  std::uint64_t vma_bytes = 0;
  std::uint64_t page_table_pages = 0;
  std::uint64_t faults_minor = 0;
  std::uint64_t faults_major = 0;
  std::uint64_t page_fault_exceptions = 0;
  std::uint64_t dtlb_errors = 0;
  std::uint64_t itlb_errors = 0;
  std::uint64_t tlb_refills = 0;
  std::uint64_t huge_refills = 0;
  std::uint64_t tlb1_preloads = 0;
  std::uint64_t huge_pages = 0;
  std::uint64_t walks = 0;
  std::uint64_t walk_loads = 0;
  std::uint64_t walk_faults = 0;
  std::uint64_t tlb0_writes = 0;
  std::uint64_t tlb1_writes = 0;
  std::uint64_t flush_va = 0;
  std::uint64_t flush_pid = 0;
  std::uint64_t flush_all = 0;
  std::uint64_t flush_table = 0;
  std::uint64_t flushes_remap = 0;
  std::uint64_t flushes_unmap = 0;
  std::uint64_t flushes_dirty = 0;
  std::uint64_t flushes_copy_on_write = 0;
  std::uint64_t flushes_spurious = 0;
  std::uint64_t flushes_protect = 0;
  std::uint64_t flushes_move = 0;
  std::uint64_t flushes_discard = 0;
  std::uint64_t flushes_truncate = 0;
  std::uint64_t flushes_clean = 0;
  std::uint64_t flushes_reclaim = 0;
  std::uint64_t flushes_fork = 0;
  std::uint64_t flushes_context_steal = 0;
  std::uint64_t translations = 0;
  std::uint64_t l1_hits = 0;
  std::uint64_t l2_hits = 0;
  std::uint64_t user_instructions = 0;
  std::uint64_t kernel_instructions = 0;
  std::uint64_t wrong_pages = 0;
};

/// How a counter is read: events between two moments, or a state at the second one.
enum class CounterKind : std::uint8_t { Events, State };

struct CounterDescription {
  std::string_view name;
  std::uint64_t RunCounters::*member;
  CounterKind kind;
  std::string_view unit;        ///< what is counted, in the plural
  std::string_view definition;  ///< exactly when it moves, or what it is
};

/// All counters in the order of JSON.
const std::vector<CounterDescription>& counter_descriptions();

/// The counter of the flushes that have this cause.
std::uint64_t RunCounters::*flushes_by(vm::FlushCause cause);

/// Events between the two, states at the end.
RunCounters between(const RunCounters& start, const RunCounters& end);

}  // namespace tessera::machine
