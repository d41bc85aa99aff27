#include "sw/vm/page_table.hpp"

#include <algorithm>
#include <new>
#include <stdexcept>

#include "model/pte/entry.hpp"

namespace tessera::vm {

namespace {

constexpr unsigned kWordBytes = 4;
constexpr unsigned kWordBits = 32;

}  // namespace

PageTable::PageTable(const pte::Format& format, EffectiveAddress kernel_base,
                     FrameAllocator& frames, Hardware& hardware, WorkMeter& meter)
    : format_(format),
      kernel_base_(kernel_base),
      frames_(frames),
      hardware_(hardware),
      meter_(meter),
      hugeptes_(frames, hardware) {
  const unsigned pages = pgd_pages();
  const auto block = frames_.allocate_low_block(pages);
  if (!block) throw std::bad_alloc();
  for (unsigned i = 0; i < pages; ++i) hardware_.fill_frame(*block + PageCount(i), 0);
  pgd_ = address_of(*block);
}

std::optional<RealAddress> PageTable::find(VirtualPage page) {
  const std::uint32_t word = hardware_.load_word(pgd_entry(page));
  if (word == 0) return std::nullopt;
  return is_hugepd(word) ? hugepte_of(word) : entry_in(word, page);
}

std::optional<RealAddress> PageTable::find_or_allocate(VirtualPage page) {
  const RealAddress slot = pgd_entry(page);
  const std::uint32_t word = hardware_.load_word(slot);
  if (word != 0) return entry_in(word, page);
  const auto fresh = allocate_table(slot);
  if (!fresh) return std::nullopt;
  return entry_in(*fresh, page);
}

std::optional<std::uint32_t> PageTable::allocate_table(RealAddress pgd_slot) {
  const auto frame = frames_.allocate_low();
  if (!frame) return std::nullopt;
  hardware_.fill_frame(*frame, 0);
  const std::uint32_t word = pgd_word_of(*frame);
  hardware_.store_word(pgd_slot, word);
  ++meter_.counters().page_table_pages;
  meter_.did(KernelWork::TableAllocate);
  return word;
}

pte::Raw PageTable::load(RealAddress entry) {
  pte::Raw raw = 0;
  for (unsigned byte = 0; byte < format_.width_bytes; byte += kWordBytes) {
    raw = raw << kWordBits | hardware_.load_word(entry + Bytes(byte));
  }
  return raw;
}

void PageTable::store(RealAddress entry, pte::Raw raw) {
  unsigned shift = format_.width_bytes * 8;
  for (unsigned byte = 0; byte < format_.width_bytes; byte += kWordBytes) {
    shift -= kWordBits;
    hardware_.store_word(entry + Bytes(byte), static_cast<std::uint32_t>(raw >> shift));
  }
}

void PageTable::clear(RealAddress entry, pte::Raw old) {
  const pte::Raw left = pte::cleared(format_, old);
  unsigned shift = format_.width_bytes * 8;
  for (unsigned byte = 0; byte < format_.width_bytes; byte += kWordBytes) {
    shift -= kWordBits;
    const auto touched = static_cast<std::uint32_t>(format_.clear_mask >> shift);
    if (touched != 0) {
      hardware_.store_word(entry + Bytes(byte), static_cast<std::uint32_t>(left >> shift));
    }
  }
}

unsigned PageTable::release(VirtualPage start, VirtualPage end, VirtualPage floor,
                            VirtualPage ceiling, std::optional<Pid> pid) {
  const std::uint32_t pages = 1U << span_shift();
  unsigned freed = 0;
  for (std::uint32_t span = start.value() & ~(pages - 1); span < end.value(); span += pages) {
    if (span < floor.value() || span + pages > ceiling.value()) continue;
    const RealAddress slot = pgd_entry(VirtualPage(span));
    const std::uint32_t word = hardware_.load_word(slot);
    if (word == 0) continue;
    if (is_hugepd(word)) {
      release_huge(VirtualPage(span), word);
      continue;
    }
    hardware_.store_word(slot, 0);
    forget_table(VirtualPage(span), pid);
    frames_.release(table_frame(word));
    --meter_.counters().page_table_pages;
    meter_.did(KernelWork::TableFree);
    ++freed;
  }
  return freed;
}

// Without a PID no walker has ever seen it.
void PageTable::forget_table(VirtualPage span, std::optional<Pid> pid) {
  if (!pid || !hardware_.flush_table(address_of(span), *pid)) return;
  ++meter_.counters().table_flushes;
  meter_.did(KernelWork::PageFlush);  // __flush_tlb_page once more, with ind = 1
}

VirtualPage PageTable::next_span(VirtualPage page) const {
  return VirtualPage(((page.value() >> span_shift()) + 1) << span_shift());
}

unsigned PageTable::pgd_pages() const {
  const unsigned bytes = kWordBytes << format_.geometry.pgd_index_bits;
  return std::max(1U, bytes >> kPageShift);
}

RealAddress PageTable::pgd_entry(VirtualPage page) const {
  return pgd_ + Bytes(std::uint64_t{page.value() >> span_shift()} * kWordBytes);
}

RealAddress PageTable::entry_in(std::uint32_t pgd_word, VirtualPage page) const {
  const std::uint32_t index = page.value() & ((1U << format_.geometry.pte_index_bits) - 1);
  return address_of(table_frame(pgd_word)) + Bytes(std::uint64_t{index} * format_.width_bytes);
}

FrameNumber PageTable::table_frame(std::uint32_t pgd_word) const {
  return frame_of(RealAddress(pgd_word - kernel_base_.value()));
}

std::uint32_t PageTable::pgd_word_of(FrameNumber table) const {
  const std::uint64_t address = address_of(table).value() + kernel_base_.value();
  if (address >> kWordBits != 0) {
    throw std::logic_error("page table: lowmem does not fit above the kernel's base address");
  }
  return static_cast<std::uint32_t>(address);
}

}  // namespace tessera::vm
