#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "model/mmu/engine.hpp"
#include "sw/machine/accounting/accounting.hpp"
#include "sw/machine/accounting/interval_series.hpp"
#include "sw/machine/config.hpp"
#include "sw/machine/core.hpp"
#include "sw/machine/counters.hpp"
#include "sw/machine/kernel_hardware.hpp"
#include "sw/machine/method.hpp"
#include "sw/machine/miss_handler.hpp"
#include "sw/machine/process.hpp"
#include "sw/vm/address_space.hpp"
#include "sw/workload/operation.hpp"
#include "sw/workload/workload.hpp"

namespace tessera {
class Archive;
}

namespace tessera::machine {

/// One core with its MMU and memory, a kernel, and one process with a window on a file.
class Machine {
 public:
  /// Boots the kernel, starts the process, maps the window linearly over the file. Throws
  /// UserError when the configuration cannot be built: memory too small, sizes impossible.
  Machine(const MachineConfig& config, Method method, const workload::Workload& workload);
  Machine(const Machine&) = delete;
  Machine& operator=(const Machine&) = delete;
  ~Machine() = default;

  /// Executes all operations of an iteration. Returns the error that ended the program, as
  /// "ENOMEM" or "SIGBUS"; nothing when it goes on.
  std::optional<std::string> execute(const workload::Iteration& iteration);

  /// All counters since reset.
  RunCounters counters() const;

  /// From here on latencies, slots and intervals are counted, as from the construction on; the
  /// interval that was under way ends for the timeline.
  void begin_counting();

  /// The last interval ends here, and the timeline.
  void end_counting();

  /// The accounts, and the series; null if there is none.
  const Accounting* accounting() const { return accounting_.get(); }
  const IntervalSeries* series() const { return series_ ? &*series_ : nullptr; }

  /// Accesses of the window's pages since reset.
  std::uint64_t accesses() const { return accesses_; }

  const Core& core() const { return core_; }

  /// Every identity that is violated, every TLB entry that the page tables do not grant, every
  /// inconsistency of the VM layer: a text each. Takes no simulated time.
  std::vector<std::string> audit() const;

  /// What changes during a run (decision 13), between two iterations. A machine that is read into
  /// was built from the same parameters. Throws UserError unless the engine is transaction.
  void state(Archive& archive);

 private:
  void start_process();
  void map_first_window();
  vm::MmapResult map_window();
  void show_file(vm::MmapRequest& request, PageOffset page);
  std::uint64_t offset_of(PageOffset page) const { return page.value() + first_page_.value(); }
  bool execute(const workload::Operation& operation);

  void perform(const workload::Compute& compute);
  void perform(const workload::TouchOwn& touch);
  void perform(const workload::MapElement& element);
  void perform(const workload::MapWindow& map);
  void perform(const workload::UnmapWindow& unmap);
  void perform(const workload::TouchPage& touch);
  void finish(vm::Errno error);
  vm::Errno call_kernel(const workload::MapElement& element);

  std::uint64_t vmas_in_window() const;
  std::vector<std::string> violated_identities() const;
  std::vector<std::string> overwritten_bolted_entries() const;
  std::vector<std::string> mirror_differences() const;
  IntervalReading interval_reading() const;
  void count_from_here();
  void end_interval();
  void end_series();
  void show(const IntervalReading& added);

  const MachineConfig& config_;
  const ProcessLayout layout_;
  Method method_;
  PageCount window_;
  PageOffset first_page_;  // of the file, where the window's file begins: a device's first frame
  Memory memory_;
  std::unique_ptr<mmu::MmuEngine> engine_;
  std::unique_ptr<Accounting> accounting_;
  Core core_;
  KernelHardware hardware_;
  vm::FrameAllocator frames_;
  vm::File image_;
  vm::File file_;
  std::shared_ptr<vm::HugeFile> huge_file_;  // method hugetlb: instead of file_
  vm::AddressSpace space_;
  MissHandler handler_;
  Process process_;
  std::optional<IntervalSeries> series_;

  std::optional<std::string> error_;
  std::uint64_t accesses_ = 0;
  std::uint64_t mapping_calls_ = 0;
  std::uint64_t remaps_done_ = 0;
  std::uint64_t vmas_peak_ = 0;
  std::uint64_t wrong_pages_ = 0;
};

}  // namespace tessera::machine
