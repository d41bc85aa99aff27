#pragma once

#include <cstdint>
#include <string>

#include "model/mmu/engine.hpp"
#include "sw/machine/core.hpp"
#include "sw/machine/miss_handler.hpp"
#include "sw/machine/process_layout.hpp"
#include "sw/vm/address_space.hpp"

namespace tessera {
class Archive;
}

namespace tessera::machine {

/// Thrown when an access ends in a signal the program does not handle: "SIGBUS", ...
struct Killed {
  std::string signal;
  EffectiveAddress ea;
};

/// Exceptions that a process took, since reset.
struct ProcessCounters {
  std::uint64_t page_fault_exceptions = 0;  ///< entries of do_page_fault: DSI, ISI and bail-outs
  std::uint64_t user_instructions = 0;
};

/// The running program: user-level accesses, each retried until it has gone through, and system
/// calls. Linux runs user and kernel in address space 0 (MSR[IS] = MSR[DS] = 0).
class Process {
 public:
  /// All must outlive the process.
  Process(Core& core, MissHandler& handler, vm::AddressSpace& space, const ProcessLayout& layout)
      : core_(core), handler_(handler), space_(space), layout_(layout), code_(layout.main_code) {}

  /// User instructions that touch no memory that matters.
  void compute(std::uint64_t instructions);

  /// A load or store of the program, until it is done; where it went. Throws Killed.
  RealAddress access(EffectiveAddress ea, bool write);

  /// A store to one of the program's own pages.
  void touch_own(workload::OwnPage page);

  /// Calls the library's stub, of so many user instructions, which calls the kernel, which runs
  /// `call`; returns what that returns.
  template <class Call>
  auto system_call(std::uint64_t stub_instructions, const Call& call) {
    enter_code(layout_.library_code);
    compute(stub_instructions);
    const auto result = in_kernel(call);
    enter_code(layout_.library_code);
    enter_code(layout_.main_code);
    return result;
  }

  const ProcessCounters& counters() const { return counters_; }

  /// What changes during a run (decision 13).
  void state(Archive& archive);

 private:
  template <class Call>
  auto in_kernel(const Call& call) {
    const AccountScope scope(core_.account(), Part::MappingCall);
    const Cycles begin = core_.clock();
    core_.enter_exception();
    const auto result = call();
    core_.rfi();
    if (Accounting* accounting = core_.accounting()) {
      accounting->spent(LatencyKind::MappingCall, core_.clock() - begin);
    }
    return result;
  }

  /// Control enters a page of code: the only fetch that is translated.
  void enter_code(EffectiveAddress code);
  void fetch(EffectiveAddress code);
  /// A load or store, tried until it goes through.
  RealAddress complete(EffectiveAddress ea, mmu::AccessKind kind);
  /// The TLB-miss handler; true if it refilled.
  bool handle(const MissHandler::Miss& miss);
  mmu::Translation translate(EffectiveAddress ea, mmu::AccessKind kind);
  void take_exception(const mmu::Translation& translation, mmu::AccessKind kind);
  void page_fault(EffectiveAddress ea, mmu::AccessKind kind, bool entered);

  Core& core_;
  MissHandler& handler_;
  vm::AddressSpace& space_;
  const ProcessLayout& layout_;
  EffectiveAddress code_;
  ProcessCounters counters_;
};

}  // namespace tessera::machine
