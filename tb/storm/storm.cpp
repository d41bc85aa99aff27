#include "tb/storm/storm.hpp"

#include <array>

namespace tessera::storm {

namespace {

constexpr std::uint32_t kFirstPage = 0x20000 - 40;
constexpr std::uint32_t kWindow = 96;
constexpr std::uint64_t kElsewhere = 0x100'0000;  // bytes from TASK_UNMAPPED_BASE on
constexpr VirtualPage kProgramEnd{0x18000};       // of the process's own VMAs
constexpr std::uint64_t kLookEvery = 16;
constexpr int kLooks = 8;
constexpr std::uint64_t kCompareEvery = 64;

}  // namespace

Storm::Storm(Stage& stage, std::uint64_t seed)
    : stage_(stage), ledger_(stage.running().kernel()), random_(seed), looks_(seed) {
  for (const unsigned which : {0U, 1U}) {
    const vm::File& file = stage.file(which);
    ledger_.add_file(&file, file.size().value(), file.file_system());
  }
}

void Storm::step() {
  drawn_.clear();
  operate();
  ++steps_;
  if (steps_ % kLookEvery == 0) look_around();
  if (steps_ % kCompareEvery == 0) compare_mapped();
}

void Storm::operate() {
  const std::uint32_t chance = below(36);
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
  if (chance < 24) return write_back();
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
  const vm::MmapResult result = stage_.running().mmap(request);
  ledger_.mapped(process(), request, result, is_mapped());
  tally(result.error);
}

Ledger::IsMapped Storm::is_mapped() const {
  const vm::VmaTree& vmas = stage_.running().vmas();
  return [&vmas](VirtualPage page) {
    const auto vma = vmas.find(page);
    return vma != vmas.end() && vma->second.contains(page);
  };
}

void Storm::change() {
  vm::AddressSpace& space = stage_.running();
  switch (below(3)) {
    case 0: {
      call("munmap");
      // What mremap moved away does not pile up.
      const bool far = one_in(30);
      const EffectiveAddress start = far ? space.kernel().unmapped_base : place();
      const std::uint64_t bytes = far ? kElsewhere : length();
      const vm::Errno error = space.munmap(start, bytes);
      ledger_.unmapped(process(), start, bytes, error, is_mapped());
      return tally(error);
    }
    case 1: {
      call("mprotect");
      const EffectiveAddress start = place();
      const std::uint64_t bytes = length();
      tally(space.mprotect(start, bytes, below(8)));
      return ledger_.prefaulted(process(), start, bytes);
    }
    default: {
      call("mremap");
      const vm::MremapRequest request{place(), length(), length(), below(8), place()};
      const vm::MmapResult result = space.mremap(request);
      ledger_.moved(process(), request, result, is_mapped());
      return tally(result.error);
    }
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
  const std::uint64_t offset = below(kFilePages);
  const vm::Errno error = space.remap_file_pages(start, bytes, rights, offset, flags);
  ledger_.remapped(process(), start, bytes, offset, flags, error, is_mapped());
  tally(error);
}

void Storm::advise() {
  call("madvise");
  const EffectiveAddress start = place();
  const std::uint64_t bytes = length();
  auto advice = vm::Advice(below(6));
  // A hole in nobody knows which file would leave nothing to compare with.
  if (advice == vm::Advice::Remove && !ledger_.knows(process(), start, bytes)) {
    advice = vm::Advice::DontNeed;
  }
  const vm::Errno error = stage_.running().madvise(start, bytes, advice);
  ledger_.advised(process(), start, bytes, advice, error);
  tally(error);
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
  if (one_in(20)) {
    const unsigned flags = below(2) == 0 ? vm::kMclCurrent : vm::kMclFuture;
    if (flags == vm::kMclFuture) ledger_.locks_future(process(), true);
    if (flags == vm::kMclCurrent) ledger_.prefaulted_all(process());
    return tally(space.mlockall(flags));
  }
  if (one_in(4)) {
    ledger_.locks_future(process(), false);
    return tally(space.munlockall());
  }
  const bool locks = one_in(3);
  const EffectiveAddress start = place();
  const std::uint64_t bytes = length();
  if (locks) ledger_.prefaulted(process(), start, bytes);
  tally(locks ? space.mlock(start, bytes) : space.munlock(start, bytes));
}

void Storm::lose_pages() {
  call("truncate");
  vm::File& file = stage_.file(below(2));
  if (one_in(4)) {
    const std::uint64_t size = one_in(2) ? kFilePages : below(kFilePages);
    tally(file.truncate(PageCount(size)));
    return ledger_.truncated(&file, size);
  }
  const std::uint64_t first = below(kFilePages);
  const std::uint64_t end = first + 1 + below(12);
  const vm::Errno error = file.punch_hole(PageOffset(first), PageOffset(end));
  ledger_.punched(&file, first, end, error);
  tally(error);
}

void Storm::write_back() {
  call("write back");
  const PageOffset first(below(kFilePages));
  stage_.file(1).write_back(first, first + PageCount(1 + below(40)));
  tally(true);
}

void Storm::reclaim() {
  call("reclaim");
  if (one_in(2)) return swap_out();
  tally(stage_.file(below(2)).reclaim(PageOffset(below(kFilePages))));
}

// Where something may be to swap out: mostly a page used lately, and again.
void Storm::swap_out() {
  const EffectiveAddress address = page();
  bool out = stage_.running().swap_out(address);
  if (!out) out = stage_.running().swap_out(address);
  if (out) ledger_.swapped_out(process(), address);
  tally(out);
}

void Storm::change_process() {
  call("process");
  if (one_in(2)) {
    stage_.switch_process();
    return tally(true);
  }
  if (!one_in(2)) return leave();
  const auto child = stage_.fork();
  if (child) ledger_.forked(process(), *child);
  tally(child.has_value());
}

void Storm::leave() {
  const Ledger::Process leaving = process();
  const bool left = stage_.exit();
  if (left) ledger_.exited(leaving);
  tally(left);
}

void Storm::touch() {
  call("touch");
  const EffectiveAddress address = page();
  std::optional<Ledger::Store> store;
  if (one_in(2) && ledger_.may_store(process(), address)) store = {below(2), ++next_word_};
  const auto words = stage_.access(page_of(address), store);
  if (words) ledger_.seen(process(), page_of(address), *words, store, true);
  tally(words.has_value());
}

void Storm::look_around() {
  for (int looks = 0; looks < kLooks; ++looks) {
    const auto start = static_cast<std::uint32_t>(kFirstPage + looks_() % kWindow);
    const auto page = ledger_.page_from(process(), VirtualPage(start));
    if (!page) continue;
    const auto words = stage_.peek(process(), *page);
    if (words) ledger_.seen(process(), *page, *words, std::nullopt, false);
  }
}

void Storm::compare_mapped() {
  std::vector<VirtualPage> mapped;
  for (const auto& [start, vma] : stage_.running().vmas()) {
    for (VirtualPage page = start; kProgramEnd <= page && page < vma.end; page += PageCount(1)) {
      mapped.push_back(page);
    }
  }
  ledger_.compare_mapped(process(), mapped);
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
