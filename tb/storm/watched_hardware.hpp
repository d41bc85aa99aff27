#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "sw/vm/hardware.hpp"

namespace tessera::storm {

/// Passes everything on to the machine, and tells of each flush when it is done.
class WatchedHardware final : public vm::Hardware {
 public:
  /// A flush of that page of a PID, or of all of it, has just been carried out.
  using Observer = std::function<void(Pid pid, std::optional<EffectiveAddress> page)>;

  /// `machine` outlives it.
  WatchedHardware(vm::Hardware& machine, Observer observer)
      : machine_(machine), observer_(std::move(observer)) {}

  void flush_page(EffectiveAddress ea, Pid pid, vm::FlushCause cause) override {
    if (!is_lost()) machine_.flush_page(ea, pid, cause);
    observer_(pid, ea);
  }
  void flush_pid(Pid pid, vm::FlushCause cause) override {
    if (!is_lost() && !loses_pids_) machine_.flush_pid(pid, cause);
    observer_(pid, std::nullopt);
  }
  bool flush_table(EffectiveAddress ea, Pid pid) override {
    return !loses_tables_ && machine_.flush_table(ea, pid);
  }
  std::uint32_t load_word(RealAddress ra) override { return machine_.load_word(ra); }
  void store_word(RealAddress ra, std::uint32_t word) override { machine_.store_word(ra, word); }
  std::uint32_t peek_word(RealAddress ra) const override { return machine_.peek_word(ra); }
  vm::FrameWords peek_frame(FrameNumber frame) const override { return machine_.peek_frame(frame); }
  void fill_frame(FrameNumber frame, std::uint32_t first_word) override {
    machine_.fill_frame(frame, first_word);
  }
  void copy_frame(FrameNumber from, FrameNumber to) override { machine_.copy_frame(from, to); }
  void execute(std::uint64_t instructions) override { machine_.execute(instructions); }

  /// From now on each `nth` flush does not reach the machine; 0: all do.
  void lose_every(std::uint64_t nth) { lost_ = nth; }

  /// From now on no flush of a PID, or of a PTE page, reaches the machine.
  void lose_pids() { loses_pids_ = true; }
  void lose_tables() { loses_tables_ = true; }

  std::uint64_t flushes() const { return flushes_; }

 private:
  bool is_lost() {
    ++flushes_;
    return lost_ != 0 && flushes_ % lost_ == 0;
  }

  vm::Hardware& machine_;
  Observer observer_;
  std::uint64_t flushes_ = 0;
  std::uint64_t lost_ = 0;
  bool loses_pids_ = false;
  bool loses_tables_ = false;
};

}  // namespace tessera::storm
