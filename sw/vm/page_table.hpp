#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "model/pte/format.hpp"
#include "model/types/units.hpp"
#include "sw/vm/frame_allocator.hpp"
#include "sw/vm/hardware.hpp"
#include "sw/vm/hugepte_cache.hpp"
#include "sw/vm/work_meter.hpp"

namespace tessera {
class Archive;
}

namespace tessera::vm {

/// A two-level page table as bits in simulated memory (linux-vm.md G): a PGD entry is the kernel
/// EA of a PTE page or 0; a 64-bit entry is two big-endian words, the high one first. Where a huge
/// page is mapped the PGD leads to its only entry instead (hugepd, e500mc-mmu.md 5.1).
class PageTable {
 public:
  /// `kernel_base` is the EA of RA 0. Throws std::bad_alloc if lowmem has no room for the PGD.
  PageTable(const pte::Format& format, EffectiveAddress kernel_base, FrameAllocator& frames,
            Hardware& hardware, WorkMeter& meter);

  /// The real address of the PGD.
  RealAddress pgd() const { return pgd_; }

  /// Where the entry of a page is, or of the huge page around it; none if it has no PTE page.
  /// Takes the time of one load.
  std::optional<RealAddress> find(VirtualPage page);

  /// The same, with a PTE page allocated if there is none; none if lowmem is exhausted.
  std::optional<RealAddress> find_or_allocate(VirtualPage page);

  /// Where the entry of a huge page is, with one made if there is none; none if lowmem is
  /// exhausted. No small page has an entry in the same 4 MB.
  std::optional<RealAddress> find_or_allocate_huge(VirtualPage page);

  /// Reads and writes an entry, one or two words.
  pte::Raw load(RealAddress entry);
  /// Writes an entry; it takes the time of the stores.
  void store(RealAddress entry, pte::Raw raw);

  /// Zeroes what ptep_get_and_clear zeroes; bits outside the format's clear mask survive.
  void clear(RealAddress entry, pte::Raw old);

  /// Linux free_pgtables: frees the PTE pages of [start, end) whose whole span lies between
  /// `floor` and `ceiling`, the nearest pages still mapped below and above (linux-vm.md D2).
  /// The number of PTE pages freed, entries of huge pages not among them. The machine's walker
  /// forgets each of them for `pid`, if there is one.
  unsigned release(VirtualPage start, VirtualPage end, VirtualPage floor, VirtualPage ceiling,
                   std::optional<Pid> pid);

  /// The first page behind `page` that belongs to another PGD entry; saturates at the end of
  /// the 32-bit address space (page 2^20).
  VirtualPage next_span(VirtualPage page) const;

  /// Bytes from one entry to the next one in a PTE page.
  Bytes entry_bytes() const { return Bytes(format_.width_bytes); }

  /// Untimed inspection: the entry of a page, 0 if it has no PTE page; in a huge page, what the
  /// entry would be if it mapped small ones.
  pte::Raw peek(VirtualPage page) const;

  /// Untimed inspection: the size of the page that the entry of `page` is for.
  Bytes page_size(VirtualPage page) const;

  /// Untimed inspection: the PTE page of a page; none if it has none.
  std::optional<FrameNumber> peek_table(VirtualPage page) const;

  /// Untimed inspection: calls `entry` for every entry that is not all zeros, in order; a
  /// huge page has one, at its first page.
  void visit(const std::function<void(VirtualPage, pte::Raw)>& entry) const;

  /// Untimed inspection: the frames of all PTE pages.
  std::vector<FrameNumber> tables() const;

  /// The frames of the PGD.
  std::vector<FrameNumber> pgd_frames() const;

  /// What changes during a run (decision 13).
  void state(Archive& archive);

 private:
  unsigned pgd_pages() const;
  unsigned span_shift() const { return format_.geometry.pgd_shift - kPageShift; }
  RealAddress pgd_entry(VirtualPage page) const;
  RealAddress entry_in(std::uint32_t pgd_word, VirtualPage page) const;
  FrameNumber table_frame(std::uint32_t pgd_word) const;
  std::uint32_t pgd_word_of(FrameNumber table) const;
  static bool is_hugepd(std::uint32_t pgd_word);
  RealAddress hugepte_of(std::uint32_t pgd_word) const;
  void release_huge(VirtualPage page, std::uint32_t pgd_word);
  void store_huge_spans(VirtualPage page, std::uint32_t pgd_word);
  pte::Raw peek_in_huge(std::uint32_t pgd_word, VirtualPage page) const;
  std::optional<std::uint32_t> allocate_table(RealAddress pgd_slot);
  void forget_table(VirtualPage span, std::optional<Pid> pid);
  pte::Raw peek_entry(RealAddress entry) const;
  void visit_table(VirtualPage span, FrameNumber table,
                   const std::function<void(VirtualPage, pte::Raw)>& entry) const;
  void visit_pgd(const std::function<void(VirtualPage, std::uint32_t)>& word) const;

  const pte::Format& format_;
  EffectiveAddress kernel_base_;
  FrameAllocator& frames_;
  Hardware& hardware_;
  WorkMeter& meter_;
  HugepteCache hugeptes_;
  RealAddress pgd_;
};

}  // namespace tessera::vm
