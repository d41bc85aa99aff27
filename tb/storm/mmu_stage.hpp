#pragma once

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "model/mmu/core.hpp"
#include "model/mmu/transaction_engine.hpp"
#include "sw/machine/core.hpp"
#include "sw/machine/kernel_hardware.hpp"
#include "sw/machine/miss_handler.hpp"
#include "sw/machine/process.hpp"
#include "sw/vm/context_table.hpp"
#include "tb/storm/stage.hpp"
#include "tb/storm/watched_hardware.hpp"

namespace tessera::storm {

/// A machine with its MMU, little memory, up to four processes and PIDs for three, so that frames
/// run out and PIDs are stolen. File 0 is on tmpfs, file 1, of which nothing is in memory at first,
/// on a disk with readahead, which is written to when a few pages are dirty. After each flush the
/// TLBs are compared with the page tables.
class MmuStage final : public Stage {
 public:
  /// The core outlives the stage.
  MmuStage(const mmu::Core& core, const vm::Personality& kernel, const pte::Format& format,
           mmu::HardwareWalker walker = mmu::HardwareWalker::Off);
  ~MmuStage() override;

  vm::AddressSpace& running() override { return *processes_[running_]->space; }
  vm::File& file(unsigned which) override { return *files_[which]; }
  std::optional<PageWords> access(VirtualPage page,
                                  const std::optional<Ledger::Store>& store) override;
  std::optional<PageWords> peek(Ledger::Process process, VirtualPage page) const override;
  std::optional<Ledger::Process> fork() override;
  void switch_process() override;
  bool exit() override;
  std::vector<std::string> complaints() override;

  /// User code of the running process loads or stores a word; whether it got through.
  bool touch(EffectiveAddress address, bool write);

  WatchedHardware& hardware() { return hardware_; }
  const mmu::MmuEngine& engine() const { return engine_; }

  /// TLB entries held against page tables so far.
  std::uint64_t entries_compared() const { return entries_compared_; }

 private:
  struct Running {
    std::unique_ptr<vm::AddressSpace> space;
    machine::Process user;
  };

  PageWords words_of(FrameNumber frame) const;
  void adopt(std::unique_ptr<vm::AddressSpace> space);
  void run(std::size_t process);
  void map_program();
  void compare_flushed(Pid pid, std::optional<EffectiveAddress> page);
  const vm::AddressSpace* owner_of(Pid pid) const;
  void compare(const mmu::TlbEntry& entry);

  vm::Personality kernel_;
  vm::FileSystem disk_;
  mmu::Parameters parameters_;
  machine::Memory memory_;
  mmu::TransactionEngine engine_;
  machine::Core core_;
  machine::KernelHardware machine_;
  WatchedHardware hardware_;
  machine::MissHandler handler_;
  machine::ProcessLayout layout_;
  vm::FrameAllocator frames_;
  vm::SwapArea swap_;
  vm::File program_;
  std::array<std::unique_ptr<vm::File>, 2> files_;
  vm::ContextTable contexts_;
  std::vector<std::unique_ptr<Running>> processes_;
  std::size_t running_ = 0;
  std::uint32_t next_number_ = 1;
  std::uint64_t entries_compared_ = 0;
  std::vector<std::string> complaints_;  // of flushes since the last question
};

}  // namespace tessera::storm
