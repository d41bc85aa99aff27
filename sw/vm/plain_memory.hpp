#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "sw/vm/hardware.hpp"

namespace tessera::vm {

/// A machine without an MMU and without time, for using the VM layer alone: memory that holds
/// what is written into it, and flushes that are only counted.
class PlainMemory final : public Hardware {
 public:
  void flush_page(EffectiveAddress ea, Pid pid, FlushCause cause) override;
  void flush_pid(Pid pid, FlushCause cause) override;
  std::uint32_t load_word(RealAddress ra) override { return peek_word(ra); }
  /// Keeps the word.
  void store_word(RealAddress ra, std::uint32_t word) override;
  std::uint32_t peek_word(RealAddress ra) const override;
  void fill_frame(FrameNumber frame, std::uint32_t first_word) override;
  void copy_frame(FrameNumber from, FrameNumber to) override;
  void execute(std::uint64_t instructions) override { instructions_ += instructions; }

  /// How often the VM layer asked for a flush of one page, and of a whole PID.
  std::uint64_t page_flushes() const { return page_flushes_; }
  /// How often for a whole PID.
  std::uint64_t pid_flushes() const { return pid_flushes_; }
  /// Instructions the kernel said it executed.
  std::uint64_t instructions() const { return instructions_; }

 private:
  using Words = std::vector<std::uint32_t>;  // of a frame, without the zeros at its end

  std::unordered_map<FrameNumber::Value, Words> frames_;
  std::uint64_t page_flushes_ = 0;
  std::uint64_t pid_flushes_ = 0;
  std::uint64_t instructions_ = 0;
};

}  // namespace tessera::vm
