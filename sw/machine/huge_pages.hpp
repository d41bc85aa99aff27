#pragma once

#include <memory>

#include "sw/machine/config.hpp"
#include "sw/machine/core.hpp"
#include "sw/machine/method.hpp"
#include "sw/machine/miss_handler_steps.hpp"
#include "sw/vm/frame_allocator.hpp"
#include "sw/vm/hardware.hpp"
#include "sw/vm/huge_file.hpp"
#include "sw/workload/workload.hpp"

/// Huge pages on a whole machine: who can have them, and the file that is made of them.
namespace tessera::machine {

/// The miss handler of this machine: with CONFIG_HUGETLB_PAGE if there are to be huge pages.
HandlerBuild handler_build(const MachineConfig& config);

/// Throws UserError if huge pages are asked for that this kernel, its PTEs, its TLB1 or its memory,
/// which is `frames`, has not.
void check_huge_pages(const MachineConfig& config, const vm::FrameAllocator& frames);

/// Throws UserError if the workload cannot be run by this method on this machine: method hugetlb
/// wants whole huge pages everywhere, and enough of them.
void check_method(const MachineConfig& config, Method method, const workload::Workload& workload);

/// The workload's file on a hugetlbfs, all of it there: each page of 4 KB holds its number, as in
/// the file of the other methods. Throws std::logic_error if the pool has not enough.
std::shared_ptr<vm::HugeFile> make_huge_file(const workload::Workload& workload,
                                             vm::FrameAllocator& frames, vm::Hardware& hardware);

/// The kernel begins to hand out the entries of TLB1 behind its own, which are `bolted` many.
void start_huge_pages(Core& core, unsigned bolted);

}  // namespace tessera::machine
