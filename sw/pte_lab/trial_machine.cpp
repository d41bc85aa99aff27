#include "sw/pte_lab/trial_machine.hpp"

#include <stdexcept>

#include "model/pte/entry.hpp"

namespace tessera::pte_lab {

namespace {

constexpr std::uint32_t kWindow = 0x4800'0000;  // as remap_file_pages01 has it
constexpr std::uint64_t kFrames = 16384;
constexpr std::uint64_t kLowFrames = 8192;
constexpr unsigned kTooManyFaults = 4;

std::size_t word_index(RealAddress ra) { return (ra.value() & 0xfffU) >> 2U; }

EffectiveAddress address_in_window(std::uint64_t page) {
  return EffectiveAddress(kWindow + static_cast<std::uint32_t>(page << kPageShift));
}

}  // namespace

void TrialMemory::store_word(RealAddress ra, std::uint32_t word) {
  page(frame_of(ra))[word_index(ra)] = word;
}

std::uint32_t TrialMemory::peek_word(RealAddress ra) const {
  const auto& page = frames_.at(frame_of(ra).value());
  return page ? (*page)[word_index(ra)] : 0;
}

void TrialMemory::fill_frame(FrameNumber frame, std::uint32_t first_word) {
  page(frame).fill(0);
  page(frame)[0] = first_word;
}

void TrialMemory::copy_frame(FrameNumber from, FrameNumber to) { page(to) = page(from); }

TrialMemory::Page& TrialMemory::page(FrameNumber frame) {
  auto& page = frames_.at(frame.value());
  if (!page) page = std::make_unique<Page>();
  return *page;
}

TrialMachine::TrialMachine(const pte::Layout& layout, PageCount window, PageCount file)
    : format_(pte::format_of(layout)),
      memory_(kFrames),
      allocator_(FrameNumber(1), FrameNumber(kLowFrames), FrameNumber(kFrames)),
      file_("trial", file, vm::page_index_word, allocator_, memory_),
      space_(*vm::find_kernel("3.8"), format_, allocator_, memory_, Pid(1)) {
  const vm::MmapResult mapped =
      space_.mmap({EffectiveAddress(kWindow), bytes_of(window).value(), vm::kProtReadWrite,
                   vm::kMapShared | vm::kMapFixed, &file_, 0, vm::OpenMode::ReadWrite});
  if (!mapped.ok()) throw std::logic_error("the trial's window cannot be mapped");
}

vm::Errno TrialMachine::remap(std::uint64_t window_page, std::uint64_t pages, std::uint64_t pgoff,
                              unsigned flags) {
  return space_.remap_file_pages(address_in_window(window_page), pages << kPageShift, 0, pgoff,
                                 flags);
}

std::optional<std::uint64_t> TrialMachine::read(std::uint64_t window_page) {
  const EffectiveAddress address = address_in_window(window_page);
  for (unsigned faults = 0; faults < kTooManyFaults; ++faults) {
    const pte::Raw entry = space_.lookup(address);
    if (pte::is_present(format_, entry)) {
      return memory_.peek_word(address_of(pte::frame_of(format_, entry)));
    }
    const vm::FaultOutcome outcome = space_.handle_fault(address, vm::FaultAccess::Read);
    if (!outcome.resolved()) {
      signal_ = vm::name(outcome.result);
      return std::nullopt;
    }
  }
  signal_ = "an access that faults again and again";
  return std::nullopt;
}

}  // namespace tessera::pte_lab
