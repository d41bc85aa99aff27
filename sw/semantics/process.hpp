#pragma once

#include <cstdint>
#include <string>

#include "sw/semantics/subject.hpp"
#include "sw/vm/address_space.hpp"
#include "sw/vm/plain_memory.hpp"
#include "sw/vm/user_access.hpp"

namespace tessera::semantics {

/// Where the checks map, as the program that put them to real kernels does
/// (tb/golden/vm-kernel/programs/rfpsem): 32 pages, and as many behind that mappings may move to.
inline constexpr EffectiveAddress kWindowBase{0x2800'0000};
inline constexpr unsigned kWindowPages = 32;

/// What the first word of page i of the file holds: kFirstWord + i.
inline constexpr std::uint32_t kFirstWord = 0x500'0000;

/// Address of a page of the window, or behind it.
EffectiveAddress page_address(unsigned page);

/// A process with a file of 32 pages, mapped whole and shared. Every check has one of its own.
class Process {
 public:
  explicit Process(const Subject& subject);

  vm::AddressSpace& space() { return space_; }
  vm::File& file() { return file_; }

  /// Maps the file from its beginning in place of all there is: kMapShared or kMapPrivate.
  void map_window(unsigned type);

  /// Maps the window in place of what was there: the file, or anonymous memory if `flags` say so.
  void map_other(unsigned protection, unsigned flags, vm::OpenMode mode = vm::OpenMode::ReadWrite);

  /// remap_file_pages of whole pages of the window.
  vm::Errno remap(unsigned page, std::uint64_t pages, std::uint64_t pgoff, unsigned flags = 0);

  /// Maps each page i by itself to page 31 - i of the file.
  void reverse(unsigned flags = 0);

  /// munmap, mprotect, madvise(DONTNEED) of pages of the window.
  vm::Errno munmap(unsigned page, unsigned pages);
  vm::Errno protect(unsigned page, unsigned pages, unsigned protection);
  vm::Errno forget(unsigned page, unsigned pages);

  /// User code reads the first word of a page.
  vm::UserAccess read(unsigned page) { return user_.load(page_address(page)); }

  /// User code reads or writes the word of that index of a page.
  vm::UserAccess read_word(unsigned page, unsigned index);
  void write_word(unsigned page, unsigned index, std::uint32_t word);

  /// The page shows that page of the file.
  bool shows(unsigned page, std::uint64_t pgoff) { return shows_to(user_, page, pgoff); }

  /// All 32 pages show what reverse() made them show: to this process, and to a child that is
  /// forked, looks and is gone. Throws std::logic_error if there is no memory for the child.
  bool is_reversed() { return is_reversed_to(user_); }
  bool is_reversed_to_a_child();

  /// Accounted page faults that waited for no device.
  std::uint64_t minor_faults() const { return space_.counters().faults_minor; }

  /// write(2): the first word of a page of the file.
  void write_file(PageOffset offset, std::uint32_t word);

  /// read(2): a word of a page of the file; 0 if the page was never made.
  std::uint32_t read_file(PageOffset offset, unsigned index) const;

 private:
  static bool shows_to(vm::UserCode& user, unsigned page, std::uint64_t pgoff);
  static bool is_reversed_to(vm::UserCode& user);

  vm::Personality kernel_;
  vm::PlainMemory memory_;
  vm::FrameAllocator frames_;
  vm::File file_;
  vm::AddressSpace space_;
  vm::UserCode user_;
};

}  // namespace tessera::semantics
