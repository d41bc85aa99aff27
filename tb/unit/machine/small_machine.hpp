#pragma once

#include <cstdint>
#include <vector>

#include "model/types/archive.hpp"
#include "sw/machine/machine.hpp"
#include "sw/machine/run.hpp"
#include "sw/workload/workload.hpp"

namespace tessera::machine {

/// A machine with this core preset and walker, kernel 3.8 and PTEs of so many bits.
MachineConfig config_of(const char* core, unsigned pte_bits = 64,
                        mmu::HardwareWalker walker = mmu::HardwareWalker::Off);

/// A workload that is written down: its rounds, one after the other.
class Script final : public workload::Workload {
 public:
  /// `element`: what one mapping call maps, for who asks.
  Script(PageCount window, PageCount file, PageCount element = PageCount(1))
      : window_(window), file_(file), element_(element) {}

  /// Another round, measured or not.
  Script& round(std::vector<workload::Operation> operations, bool counted = true);

  bool next(workload::Iteration& iteration) override;
  std::uint64_t iterations() const override { return rounds_.size(); }
  PageCount window_pages() const override { return window_; }
  PageCount file_pages() const override { return file_; }
  PageCount element_pages() const override { return element_; }
  void state(Archive& archive) override { archive(done_); }

 private:
  PageCount window_;
  PageCount file_;
  PageCount element_;
  std::vector<workload::Iteration> rounds_;
  std::size_t done_ = 0;
};

workload::MapElement map(std::uint64_t window_page, std::uint64_t pages, std::uint64_t file_page);
workload::TouchPage read(std::uint64_t window_page, std::uint64_t expected);
workload::TouchPage write(std::uint64_t window_page, std::uint64_t expected);

/// Runs a script to its end.
RunResult run_script(const MachineConfig& config, Method method, Script& script);

/// Runs dbwin on a window of 128 pages in elements of 2, over a file of 512 pages.
RunResult run_small_dbwin(const MachineConfig& config, Method method, std::uint64_t remaps);

}  // namespace tessera::machine
