#include "model/mmu/walk.hpp"

#include "model/mmu/mas.hpp"
#include "model/pte/loader.hpp"

namespace tessera::mmu {

namespace {

constexpr std::uint64_t kRealAddresses = (std::uint64_t{1} << 36) - 1;
constexpr std::uint32_t kSizeCode4K = 1;
constexpr std::uint32_t kSubPage4K = 2;  // half steps

/// A word of the directory of 64-bit PTEs that is a kernel pointer, so no huge page.
constexpr std::uint32_t kPointer = 0x80000000;
/// Tables lie at 2 KB and 4 KB boundaries; what stands below is not theirs.
constexpr std::uint32_t kTableOf64 = 0xFFFFF800;
constexpr std::uint32_t kTableOf32 = 0xFFFFF000;

constexpr Field kPsOfPte{0x00000F00, 8};  // E.PT: the page's size in half steps

const pte::Format& fsl32() {
  static const pte::Format& format = *pte::find_format(32U);
  return format;
}

const pte::Format& fsl64() {
  static const pte::Format& format = *pte::find_format(64U);
  return format;
}

bool is_fsl64(const pte::Format& format) { return format.width_bytes == sizeof(pte::Raw); }

/// A page that was never accessed faults, so that software can note the access (docs/walkers.md
/// W5).
bool is_loadable(const pte::Format& format, pte::Raw pte) {
  const pte::Raw needed = format.present.present | format.present.accessed;
  return (pte & needed) == needed;
}

std::uint32_t pte_offset(const pte::Format& format, EffectiveAddress ea) {
  const std::uint32_t index = ea.value() >> kPageShift;
  return (index & ((1U << format.geometry.pte_index_bits) - 1)) * format.width_bytes;
}

TlbEntry entry_for(EffectiveAddress ea, std::uint32_t tid, bool as) {
  TlbEntry entry;
  entry.mas1 = mas1::kValid.mask | mas1::kTid.at(tid) | mas1::kTs.at(as ? 1 : 0) |
               mas1::kTsize.at(kSizeCode4K);
  entry.mas2 = ea.value() & mas2::kEpn.mask;
  return entry;
}

}  // namespace

Walk::Walk(EffectiveAddress ea, const WalkRegisters& registers, bool as, std::uint32_t tid,
           std::uint32_t tlpid)
    : format_(walkctl::kFsl64.of(registers.control) != 0 ? &fsl64() : &fsl32()),
      base_(registers.base),
      loads_left_(2) {
  const bool kernel = ea.value() >= registers.base;
  const std::uint64_t frame = kernel ? registers.kernel_pgd : registers.pgd;
  const std::uint64_t index = ea.value() >> format_->geometry.pgd_shift;
  ra_ = RealAddress(((frame << kPageShift) + sizeof(std::uint32_t) * index) & kRealAddresses);
  entry_ = entry_for(ea, kernel ? 0 : tid, as);
  entry_.mas8 = tlpid;
}

Walk::Walk(EffectiveAddress ea, const TlbEntry& indirect)
    : format_(&fsl64()), indirect_(true), loads_left_(1), double_(true) {
  entry_ = entry_for(ea, indirect.tid().value(), indirect.ts());
  entry_.mas8 = indirect.mas8 & ~mas8::kVf.mask;
  ra_ = indirect.table() + Bytes(pte_offset(*format_, ea));
  if (mas3::kSpsize.of(indirect.mas3) != kSubPage4K) end(WalkResult::TlbIneligible);
}

void Walk::take(std::uint64_t data, bool error) {
  if (error) return end(WalkResult::BusError);
  const pte::Raw value = double_ ? data : data & 0xFFFFFFFF;
  if (loads_left_ == 2) return take_directory(static_cast<std::uint32_t>(value));
  take_pte(value);
}

/// The directory holds the kernel's addresses of the tables: real address + WALKBASE.
void Walk::take_directory(std::uint32_t directory) {
  const bool wide = is_fsl64(*format_);
  const bool bad = wide ? (directory & kPointer) == 0 : directory == 0;
  if (bad) return end(WalkResult::PageTable);
  const std::uint32_t table = directory & (wide ? kTableOf64 : kTableOf32);
  const EffectiveAddress ea(entry_.mas2 & mas2::kEpn.mask);
  const std::uint32_t place = table - base_ + pte_offset(*format_, ea);
  ra_ = RealAddress(place);
  double_ = wide;
  loads_left_ = 1;
}

void Walk::take_pte(pte::Raw pte) {
  if (!is_loadable(*format_, pte)) return end(WalkResult::PageTable);
  const bool is_4k = kPsOfPte.of(static_cast<std::uint32_t>(pte)) == kSubPage4K;
  if (indirect_ && !is_4k) return end(WalkResult::TlbIneligible);
  const pte::TlbFields fields = pte::load(*format_, pte);
  entry_.mas2 |= fields.mas2_wimge;
  entry_.mas3 = fields.mas3;
  entry_.mas7 = fields.mas7;
  end(WalkResult::Entry);
}

void Walk::end(WalkResult result) {
  loads_left_ = 0;
  result_ = result;
}

}  // namespace tessera::mmu
