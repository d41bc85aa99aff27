#include "tb/storm/storm.hpp"

#include <array>

namespace tessera::storm {

namespace {

constexpr std::uint32_t kFirstPage = 0x20000 - 40;
constexpr std::uint32_t kWindow = 96;
constexpr std::uint64_t kElsewhere = 0x100'0000;  // bytes from TASK_UNMAPPED_BASE on

}  // namespace

void Storm::step() {
  drawn_.clear();
  const std::uint32_t chance = below(32);
  if (chance < 4) return map();
  if (chance < 10) return change();
  if (chance < 14) return remap();
  if (chance < 16) return advise();
  if (chance < 17) return lock();
  if (chance < 18) return sync();
  if (chance < 19) return lose_pages();
  if (chance < 21) return reclaim();
  if (chance < 22) return change_process();
  if (chance < 23) return look();
  touch();
}

std::string Storm::last() const {
  std::string text = name_;
  for (const std::uint32_t value : drawn_) text += " " + std::to_string(value);
  return text;
}

void Storm::map() {
  static constexpr std::array<unsigned, 5> kExtra{0, 0, vm::kMapPopulate, vm::kMapLocked,
                                                  vm::kMapNoreserve};
  const bool anonymous = one_in(3);
  vm::MmapRequest request;
  call("mmap");
  request.address = place();
  request.length_bytes = length();
  request.protection = one_in(2) ? vm::kProtReadWrite : below(8);
  request.flags = (one_in(3) ? vm::kMapPrivate : vm::kMapShared) | vm::kMapFixed |
                  kExtra[below(kExtra.size())] | (anonymous ? vm::kMapAnonymous : 0);
  request.file = anonymous ? nullptr : &stage_.file(below(2));
  request.page_offset = below(kFilePages);
  request.mode = one_in(5) ? vm::OpenMode::ReadOnly : vm::OpenMode::ReadWrite;
  tally(stage_.running().mmap(request).error);
}

void Storm::change() {
  vm::AddressSpace& space = stage_.running();
  switch (below(3)) {
    case 0:
      call("munmap");
      // What mremap moved away does not pile up.
      if (one_in(30)) return tally(space.munmap(space.kernel().unmapped_base, kElsewhere));
      return tally(space.munmap(place(), length()));
    case 1:
      call("mprotect");
      return tally(space.mprotect(place(), length(), below(8)));
    default:
      call("mremap");
      return tally(space.mremap({place(), length(), length(), below(8), place()}).error);
  }
}

// Where a call is rounded up, an unaligned one may map behind the VMA, and whatever is mapped there
// later begins with those pages (linux-vm.md A1): nothing is sound after that.
void Storm::remap() {
  call("remap_file_pages");
  vm::AddressSpace& space = stage_.running();
  const vm::RemapRules& rules = space.kernel().remap;
  const unsigned flags = below(2) * vm::kMapNonblock;
  const std::uint64_t bytes = one_in(3) ? length() : kPageBytes.value();
  const EffectiveAddress start = rules.rounds_up ? page() : place();
  const unsigned rights = rules.takes_protection ? below(8) : vm::kProtNone;
  tally(space.remap_file_pages(start, bytes, rights, below(kFilePages), flags));
}

void Storm::advise() {
  call("madvise");
  tally(stage_.running().madvise(place(), length(), vm::Advice(below(6))));
}

void Storm::sync() {
  call("msync");
  tally(stage_.running().msync(place(), length(), below(8)));
}

void Storm::look() {
  call("mincore");
  tally(stage_.running().mincore(place(), length()).error);
}

void Storm::lock() {
  call("mlock");
  vm::AddressSpace& space = stage_.running();
  if (one_in(20)) return tally(space.mlockall(below(2) == 0 ? vm::kMclCurrent : vm::kMclFuture));
  if (one_in(4)) return tally(space.munlockall());
  tally(one_in(3) ? space.mlock(place(), length()) : space.munlock(place(), length()));
}

void Storm::lose_pages() {
  call("truncate");
  vm::File& file = stage_.file(below(2));
  if (one_in(4)) return tally(file.truncate(PageCount(one_in(2) ? kFilePages : below(kFilePages))));
  const PageOffset first(below(kFilePages));
  tally(file.punch_hole(first, first + PageCount(1 + below(12))));
}

void Storm::reclaim() {
  call("reclaim");
  if (one_in(2)) return tally(stage_.running().swap_out(page()));
  tally(stage_.file(below(2)).reclaim(PageOffset(below(kFilePages))));
}

void Storm::change_process() {
  call("process");
  if (one_in(2)) {
    stage_.switch_process();
    return tally(true);
  }
  tally(one_in(2) ? stage_.fork() : stage_.exit());
}

void Storm::touch() {
  call("touch");
  const EffectiveAddress address = page();
  tally(stage_.touch(address, one_in(2)));
}

std::uint32_t Storm::below(std::uint64_t limit) {
  drawn_.push_back(static_cast<std::uint32_t>(random_() % limit));
  return drawn_.back();
}

EffectiveAddress Storm::page() { return address_of(VirtualPage(kFirstPage + below(kWindow))); }

EffectiveAddress Storm::place() {
  const EffectiveAddress address = page();
  return one_in(60) ? address + Bytes(8) : address;
}

std::uint64_t Storm::length() {
  return one_in(40) ? 0 : bytes_of(PageCount(1 + below(12))).value();
}

}  // namespace tessera::storm
