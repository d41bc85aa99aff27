#pragma once

#include "model/mmu/parameters.hpp"
#include "sw/machine/core.hpp"
#include "sw/machine/huge_preloader.hpp"
#include "sw/machine/tlb_flusher.hpp"
#include "sw/vm/hardware.hpp"

namespace tessera {
class Archive;
}

namespace tessera::machine {

/// The machine, as the VM layer sees it.
class KernelHardware final : public vm::Hardware {
 public:
  /// The machine of a core with these parameters; `core` must outlive it.
  KernelHardware(Core& core, const mmu::Parameters& parameters)
      : core_(core),
        flusher_(core, parameters.has_tlbilx),
        preloader_(core),
        has_indirect_entries_(parameters.hardware_walker == mmu::HardwareWalker::E6500) {}

  void flush_page(EffectiveAddress ea, Pid pid, vm::FlushCause cause) override;
  void flush_pid(Pid pid, vm::FlushCause cause) override;
  bool flush_table(EffectiveAddress ea, Pid pid) override;
  void preload_huge(const vm::HugeTranslation& translation) override {
    preloader_.preload(translation);
  }
  std::uint32_t load_word(RealAddress ra) override;
  void store_word(RealAddress ra, std::uint32_t word) override;
  std::uint32_t peek_word(RealAddress ra) const override;
  vm::FrameWords peek_frame(FrameNumber frame) const override {
    return core_.memory().contents().read(frame);
  }
  void fill_frame(FrameNumber frame, std::uint32_t first_word) override;
  void copy_frame(FrameNumber from, FrameNumber to) override;
  void execute(std::uint64_t instructions) override;

  const FlushCounters& flushes() const { return flusher_.counters(); }
  const PreloadCounters& preloads() const { return preloader_.counters(); }

  /// Instructions the VM layer had the kernel execute.
  std::uint64_t instructions() const { return instructions_; }

  /// What changes during a run (decision 13).
  void state(Archive& archive);

 private:
  Core& core_;
  TlbFlusher flusher_;
  HugePreloader preloader_;
  bool has_indirect_entries_;
  std::uint64_t instructions_ = 0;
  // Loads and stores are among the instructions of the work they belong to, and have had their
  // cycle when they were issued.
  std::uint64_t issued_ = 0;
};

}  // namespace tessera::machine
