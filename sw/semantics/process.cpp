#include "sw/semantics/process.hpp"

#include <stdexcept>

namespace tessera::semantics {

namespace {

// 256 MiB, 64 MiB of it lowmem: more than any check needs.
constexpr FrameNumber kFirstFrame{1};
constexpr FrameNumber kLowEnd{0x4000};
constexpr FrameNumber kFrameEnd{0x1'0000};
constexpr Pid kPid{1};

std::uint32_t first_word(PageOffset offset) {
  return kFirstWord + static_cast<std::uint32_t>(offset.value());
}

constexpr std::uint64_t length_of(std::uint64_t pages) { return pages << kPageShift; }

constexpr Bytes word_at(unsigned index) {
  constexpr std::uint64_t kWordBytes = 4;
  return Bytes(index * kWordBytes);
}

}  // namespace

EffectiveAddress page_address(unsigned page) { return kWindowBase + bytes_of(PageCount(page)); }

Process::Process(const Subject& subject)
    : kernel_(subject.kernel),
      frames_(kFirstFrame, kLowEnd, kFrameEnd),
      file_("file", PageCount(kWindowPages), first_word, frames_, memory_, *subject.file_system),
      space_(kernel_, *subject.format, frames_, memory_, kPid),
      user_(space_, memory_) {
  map_window(vm::kMapShared);
}

void Process::map_window(unsigned type) {
  space_.munmap(kWindowBase, length_of(2 * kWindowPages));
  map_other(vm::kProtReadWrite, type);
}

void Process::map_other(unsigned protection, unsigned flags, vm::OpenMode mode) {
  space_.munmap(kWindowBase, length_of(kWindowPages));
  vm::MmapRequest request;
  request.address = kWindowBase;
  request.length_bytes = length_of(kWindowPages);
  request.protection = protection;
  request.flags = flags | vm::kMapFixed;
  request.file = &file_;
  request.mode = mode;
  request.description = static_cast<std::uint32_t>(mode);
  if (!space_.mmap(request).ok()) throw std::logic_error("the window cannot be mapped");
}

vm::Errno Process::remap(unsigned page, std::uint64_t pages, std::uint64_t pgoff, unsigned flags) {
  // A program for a kernel that takes rights asks for those of the window (linux-vm.md A1).
  const unsigned rights = kernel_.remap.takes_protection ? vm::kProtReadWrite : vm::kProtNone;
  return space_.remap_file_pages(page_address(page), length_of(pages), rights, pgoff, flags);
}

void Process::reverse(unsigned flags) {
  for (unsigned page = 0; page < kWindowPages; ++page) {
    remap(page, 1, kWindowPages - 1 - page, flags);
  }
}

vm::Errno Process::munmap(unsigned page, unsigned pages) {
  return space_.munmap(page_address(page), length_of(pages));
}

vm::Errno Process::protect(unsigned page, unsigned pages, unsigned protection) {
  return space_.mprotect(page_address(page), length_of(pages), protection);
}

vm::Errno Process::forget(unsigned page, unsigned pages) {
  return space_.madvise(page_address(page), length_of(pages), vm::Advice::DontNeed);
}

vm::UserAccess Process::read_word(unsigned page, unsigned index) {
  return user_.load(page_address(page) + word_at(index));
}

void Process::write_word(unsigned page, unsigned index, std::uint32_t word) {
  user_.store(page_address(page) + word_at(index), word);
}

bool Process::shows(unsigned page, std::uint64_t pgoff) {
  const vm::UserAccess access = read(page);
  return access.result == vm::FaultResult::Resolved && access.word == kFirstWord + pgoff;
}

bool Process::is_reversed() {
  bool reversed = true;
  for (unsigned page = 0; page < kWindowPages; ++page) {
    reversed = shows(page, kWindowPages - 1 - page) && reversed;
  }
  return reversed;
}

void Process::write_file(PageOffset offset, std::uint32_t word) {
  if (!file_.contains(offset)) file_.truncate(PageCount(offset.value() + 1));
  bool fresh = false;
  const auto frame = file_.page(offset, fresh);
  if (!frame) throw std::logic_error("no memory for a page of the file");
  memory_.store_word(address_of(*frame), word);
}

std::uint32_t Process::read_file(PageOffset offset, unsigned index) const {
  const auto frame = file_.cached(offset);
  return frame ? memory_.peek_word(address_of(*frame) + word_at(index)) : 0;
}

}  // namespace tessera::semantics
