#include "tb/unit/vm/world.hpp"

#include <algorithm>
#include <stdexcept>

namespace tessera::vm::test {

namespace {

constexpr std::uint32_t kUserRead = 0x02;
constexpr std::uint32_t kUserWrite = 0x08;
constexpr std::uint32_t kUserExec = 0x20;
constexpr std::uint32_t kUserRights = kUserRead | kUserWrite | kUserExec;
constexpr unsigned kTooManyFaults = 4;

std::uint32_t needed(FaultAccess kind) {
  if (kind == FaultAccess::Fetch) return kUserExec;
  return kind == FaultAccess::Write ? kUserWrite : kUserRead;
}

pte::Raw required(const pte::LoaderRules& rules, FaultAccess kind) {
  if (kind == FaultAccess::Fetch) return rules.required_fetch_user;
  return kind == FaultAccess::Write ? rules.required_store : rules.required_load;
}

RealAddress real_address(const pte::TlbFields& fields, EffectiveAddress address) {
  const std::uint64_t rpn = std::uint64_t{fields.mas7} << 20U | fields.mas3 >> kPageShift;
  return address_of(FrameNumber(rpn)) + offset_in_page(address);
}

}  // namespace

World::World(const Personality& kernel, unsigned pte_bits, std::uint64_t frame_count,
             std::uint64_t low_frames)
    : hardware(frame_count),
      frames(FrameNumber(1), FrameNumber(low_frames), FrameNumber(frame_count)),
      space(kernel, *pte::find_format(pte_bits), frames, hardware, Pid(1)) {}

Access World::access(EffectiveAddress address, FaultAccess kind, std::uint32_t value) {
  Access access;
  while (access.exceptions < kTooManyFaults) {
    const pte::TlbFields* fields = hardware.translation(page_of(address));
    if (fields == nullptr && refill(address, kind)) continue;
    if (fields != nullptr && (fields->mas3 & needed(kind)) != 0) {
      const RealAddress ra = real_address(*fields, address);
      if (kind == FaultAccess::Write) hardware.store_word(ra, value);
      access.value = hardware.peek_word(ra);
      return access;
    }
    ++access.exceptions;
    access.result = space.handle_fault(address, kind).result;
    if (access.result != FaultResult::Resolved) return access;
  }
  throw std::logic_error("the same access faults again and again");
}

bool World::refill(EffectiveAddress address, FaultAccess kind) {
  const pte::Format& format = space.format();
  const pte::Raw entry = space.lookup(address);
  const pte::Raw mask = required(format.loader, kind);
  if ((entry & mask) != mask) return false;
  hardware.load_translation(page_of(address), pte::load(format, entry));
  return true;
}

MmapResult World::map_fixed(std::uint32_t address, std::uint64_t pages, File* file,
                            std::uint64_t pgoff, unsigned flags, unsigned protection) {
  const unsigned anonymous = file == nullptr ? kMapAnonymous : 0;
  return space.mmap({ea(address), pages * kPage, protection, flags | kMapFixed | anonymous, file,
                     pgoff, OpenMode::ReadWrite});
}

Errno World::remap(std::uint32_t address, std::uint64_t pages, std::uint64_t pgoff,
                   unsigned flags) {
  const unsigned rights = space.kernel().remap.takes_protection ? kProtReadWrite : kProtNone;
  return space.remap_file_pages(ea(address), pages * kPage, rights, pgoff, flags);
}

std::unique_ptr<File> World::make_file(std::uint64_t pages, FirstWordRule rule,
                                       const FileSystem& file_system) {
  return std::make_unique<File>("test", PageCount(pages), rule, frames, hardware, file_system);
}

std::size_t World::stale_translations() const {
  const pte::Format& format = space.format();
  std::size_t stale = 0;
  for (const auto& [page, cached] : hardware.translations()) {
    const pte::Raw entry = space.lookup(address_of(VirtualPage(page)));
    const pte::TlbFields now = pte::load(format, entry);
    const bool same_frame = cached.mas3 >> kPageShift == now.mas3 >> kPageShift;
    const bool granted = (cached.mas3 & ~now.mas3 & kUserRights) == 0;
    if (!pte::is_present(format, entry) || !same_frame || !granted) ++stale;
  }
  return stale;
}

std::uint64_t World::flushes(FlushKind kind) const {
  const auto& all = hardware.flushes();
  return static_cast<std::uint64_t>(std::count_if(
      all.begin(), all.end(), [&](const FakeHardware::Flush& f) { return f.kind == kind; }));
}

}  // namespace tessera::vm::test
