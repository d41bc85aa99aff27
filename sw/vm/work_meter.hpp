#pragma once

#include <cstdint>

#include "sw/vm/counters.hpp"
#include "sw/vm/hardware.hpp"
#include "sw/vm/kernel_work.hpp"

namespace tessera::vm {

/// Does the book-keeping of one address space: each item of kernel work is counted and its
/// instructions are executed, in one place.
class WorkMeter {
 public:
  /// Nothing is counted yet; both outlive it.
  WorkMeter(const KernelCosts& costs, Hardware& hardware) : costs_(costs), hardware_(hardware) {}

  /// The kernel did `item` `times` times.
  void did(KernelWork item, std::uint64_t times = 1) {
    counters_.work[static_cast<std::size_t>(item)] += times;
    const std::uint64_t instructions = times * costs_[item];
    if (instructions == 0) return;
    counters_.instructions += instructions;
    hardware_.execute(instructions);
  }

  /// What was counted, to be added to.
  VmCounters& counters() { return counters_; }
  /// What was counted.
  const VmCounters& counters() const { return counters_; }

 private:
  const KernelCosts& costs_;
  Hardware& hardware_;
  VmCounters counters_;
};

}  // namespace tessera::vm
