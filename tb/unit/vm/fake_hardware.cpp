#include "tb/unit/vm/fake_hardware.hpp"

#include <stdexcept>

namespace tessera::vm::test {

namespace {

std::size_t word_index(RealAddress ra) { return (ra.value() & 0xfffU) >> 2U; }

}  // namespace

void FakeHardware::flush_page(EffectiveAddress ea, Pid /*pid*/, FlushCause cause) {
  flushes_.push_back({FlushKind::Page, ea, cause});
  tlb_.erase(page_of(ea).value());
}

void FakeHardware::flush_pid(Pid /*pid*/, FlushCause cause) {
  flushes_.push_back({FlushKind::Pid, EffectiveAddress(0), cause});
  tlb_.clear();
}

std::uint32_t FakeHardware::load_word(RealAddress ra) {
  ++words_moved_;
  return page(ra)[word_index(ra)];
}

void FakeHardware::store_word(RealAddress ra, std::uint32_t word) {
  ++words_moved_;
  page(ra)[word_index(ra)] = word;
}

std::uint32_t FakeHardware::peek_word(RealAddress ra) const {
  const auto& page = memory_.at(frame_of(ra).value());
  return page ? (*page)[word_index(ra)] : 0;
}

void FakeHardware::fill_frame(FrameNumber frame, std::uint32_t first_word) {
  Page& target = page(address_of(frame));
  target.fill(0);
  target[0] = first_word;
}

void FakeHardware::copy_frame(FrameNumber from, FrameNumber to) {
  page(address_of(to)) = page(address_of(from));
}

const pte::TlbFields* FakeHardware::translation(VirtualPage page) const {
  const auto found = tlb_.find(page.value());
  return found == tlb_.end() ? nullptr : &found->second;
}

void FakeHardware::load_translation(VirtualPage page, const pte::TlbFields& fields) {
  tlb_.insert_or_assign(page.value(), fields);
}

FakeHardware::Page& FakeHardware::page(RealAddress ra) {
  if (ra.value() % 4 != 0) throw std::logic_error("unaligned word");
  auto& page = memory_.at(frame_of(ra).value());
  if (!page) page = std::make_unique<Page>();
  return *page;
}

}  // namespace tessera::vm::test
