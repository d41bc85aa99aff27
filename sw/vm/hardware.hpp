#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "model/pte/loader.hpp"
#include "model/types/units.hpp"

namespace tessera::vm {

/// Why the kernel invalidates translations (linux-vm.md D7).
enum class FlushCause : std::uint8_t {
  Remap,         ///< remap_file_pages replaced a present PTE
  Unmap,         ///< munmap, or MAP_FIXED over a mapping
  Dirty,         ///< accessed, dirty or write permission added to a present PTE
  CopyOnWrite,   ///< a private page was copied
  Spurious,      ///< a write fault found nothing to change (linux-vm.md B1, last row)
  Protect,       ///< mprotect changed present PTEs
  Move,          ///< mremap moved page-table entries
  Discard,       ///< madvise dropped pages
  Truncate,      ///< the file lost pages
  Clean,         ///< write-back made dirty pages clean and read-only again
  Reclaim,       ///< a page was taken away, or its accessed bit
  Fork,          ///< private pages became read-only for parent and child
  ContextSteal,  ///< the PID went to another process
};
inline constexpr std::size_t kFlushCauses = 13;  ///< how many causes there are

/// A huge page as the kernel writes it into the TLB.
struct HugeTranslation {
  EffectiveAddress ea;    ///< of its first byte
  Pid pid;                ///< whose translation it is
  unsigned shift = 0;     ///< log2 of its size
  pte::TlbFields fields;  ///< frame, rights and attributes
};

/// The contents of one frame.
using FrameWords = std::array<std::uint32_t, kPageBytes.value() / sizeof(std::uint32_t)>;

/// All that the VM layer knows of the machine below it: flush this, these words of memory, this
/// much kernel time. Whether a flush is tlbilx, tlbwe or MMUCSR0 is the machine's affair.
class Hardware {
 public:
  Hardware() = default;
  Hardware(const Hardware&) = delete;
  Hardware& operator=(const Hardware&) = delete;
  virtual ~Hardware() = default;

  /// Linux flush_tlb_page: the translation of one page of `pid` is gone when it returns.
  virtual void flush_page(EffectiveAddress ea, Pid pid, FlushCause cause) = 0;

  /// Linux flush_tlb_mm: all translations of `pid` are gone when it returns.
  virtual void flush_pid(Pid pid, FlushCause cause) = 0;

  /// Linux book3e_hugetlb_preload: the translation is in TLB1 when it returns, where there is one.
  virtual void preload_huge(const HugeTranslation& translation);

  /// Linux tlb_flush_pgtable: the page of entries for the addresses around `ea` leaves the page
  /// table of `pid`, and a walker that remembers where such pages are has forgotten this one
  /// when it returns. False if the machine has no such walker and nothing was done.
  virtual bool flush_table(EffectiveAddress ea, Pid pid);

  /// The kernel reads or writes an aligned 32-bit word of memory: it takes time.
  virtual std::uint32_t load_word(RealAddress ra) = 0;
  /// Writes the word.
  virtual void store_word(RealAddress ra, std::uint32_t word) = 0;

  /// The same word, inspected from outside: no time passes and nothing is counted.
  virtual std::uint32_t peek_word(RealAddress ra) const = 0;

  /// All words of a frame, inspected likewise. A machine that can do better than word by word
  /// overrides it.
  virtual FrameWords peek_frame(FrameNumber frame) const;

  /// The frame now holds `first_word` in its first word and zeros behind. Takes no time by
  /// itself: clearing a page is part of the instructions the kernel executes.
  virtual void fill_frame(FrameNumber frame, std::uint32_t first_word) = 0;

  /// `to` now holds what `from` holds. Takes no time by itself, as fill_frame.
  virtual void copy_frame(FrameNumber from, FrameNumber to) = 0;

  /// The kernel executes this many instructions, memory stalls of load_word and store_word
  /// apart.
  virtual void execute(std::uint64_t instructions) = 0;
};

}  // namespace tessera::vm
