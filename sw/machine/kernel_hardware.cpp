#include "sw/machine/kernel_hardware.hpp"

#include <algorithm>

#include "sw/machine/kernel_layout.hpp"

namespace tessera::machine {

void KernelHardware::flush_page(EffectiveAddress ea, Pid pid, vm::FlushCause cause) {
  const AccountScope scope(core_.account(), Part::Flush);
  flusher_.flush_va(ea, pid);
  if (Accounting* accounting = core_.accounting()) accounting->flushed_page(pid, ea, cause);
}

void KernelHardware::flush_pid(Pid pid, vm::FlushCause cause) {
  const AccountScope scope(core_.account(), Part::Flush);
  flusher_.flush_pid(pid);
  Accounting* const accounting = core_.accounting();
  if (accounting == nullptr) return;
  if (flusher_.flushes_by_pid()) {
    accounting->flushed_pid(pid, cause);
  } else {
    accounting->flushed_all(cause);
  }
}

bool KernelHardware::flush_table(EffectiveAddress ea, Pid pid) {
  if (!has_indirect_entries_) return false;
  const AccountScope scope(core_.account(), Part::Flush);
  flusher_.flush_table(ea, pid);
  return true;
}

std::uint32_t KernelHardware::load_word(RealAddress ra) {
  ++issued_;
  return core_.load(kernel_address(ra));
}

void KernelHardware::store_word(RealAddress ra, std::uint32_t word) {
  ++issued_;
  core_.store(kernel_address(ra), word);
}

std::uint32_t KernelHardware::peek_word(RealAddress ra) const {
  return core_.memory().contents().read(ra);
}

void KernelHardware::fill_frame(FrameNumber frame, std::uint32_t first_word) {
  PhysicalMemory& contents = core_.memory().contents();
  contents.clear(frame);
  if (first_word != 0) {
    contents.write(address_of(frame), first_word);
  }
}

void KernelHardware::copy_frame(FrameNumber from, FrameNumber to) {
  PhysicalMemory& contents = core_.memory().contents();
  contents.clear(to);
  for (Bytes at(0); at < kPageBytes; at += Bytes(sizeof(std::uint32_t))) {
    const std::uint32_t word = contents.read(address_of(from) + at);
    if (word != 0) {
      contents.write(address_of(to) + at, word);
    }
  }
}

void KernelHardware::execute(std::uint64_t instructions) {
  instructions_ += instructions;
  const std::uint64_t paid = std::min(issued_, instructions);
  issued_ -= paid;
  core_.instructions(instructions - paid);
}

}  // namespace tessera::machine
