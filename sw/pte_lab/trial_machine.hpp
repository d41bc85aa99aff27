#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "model/pte/format_of.hpp"
#include "sw/vm/address_space.hpp"

namespace tessera::pte_lab {

/// Memory without an MMU: every access looks into the page table anew, so that what goes wrong
/// is the format's doing alone.
class TrialMemory final : public vm::Hardware {
 public:
  explicit TrialMemory(std::uint64_t frames) : frames_(frames) {}

  void flush_page(EffectiveAddress /*ea*/, Pid /*pid*/, vm::FlushCause /*cause*/) override {}
  void flush_pid(Pid /*pid*/, vm::FlushCause /*cause*/) override {}
  std::uint32_t load_word(RealAddress ra) override { return peek_word(ra); }
  void store_word(RealAddress ra, std::uint32_t word) override;
  std::uint32_t peek_word(RealAddress ra) const override;
  void fill_frame(FrameNumber frame, std::uint32_t first_word) override;
  void copy_frame(FrameNumber from, FrameNumber to) override;
  void execute(std::uint64_t /*instructions*/) override {}

 private:
  using Page = std::array<std::uint32_t, 1024>;
  Page& page(FrameNumber frame);

  std::vector<std::unique_ptr<Page>> frames_;
};

/// A process on kernel 3.8 whose page tables have this format, with a window on a file each page
/// of which begins with its own number.
class TrialMachine {
 public:
  /// Throws UserError if the VM layer cannot use the format.
  TrialMachine(const pte::Layout& layout, PageCount window, PageCount file);

  /// remap_file_pages of `pages` pages of the window, from its page `window_page`.
  vm::Errno remap(std::uint64_t window_page, std::uint64_t pages, std::uint64_t pgoff,
                  unsigned flags);

  /// Which page of the file a page of the window shows; none if the access ends in a signal,
  /// which is then in `signal()`.
  std::optional<std::uint64_t> read(std::uint64_t window_page);
  const char* signal() const { return signal_; }

 private:
  pte::Format format_;
  TrialMemory memory_;
  vm::FrameAllocator allocator_;
  vm::File file_;
  vm::AddressSpace space_;
  const char* signal_ = "";
};

}  // namespace tessera::pte_lab
