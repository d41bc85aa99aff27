#include <array>
#include <cstddef>
#include <utility>

#include "model/mmu/mas.hpp"
#include "model/mmu/mmu.hpp"
#include "model/mmu/privilege.hpp"

namespace tessera::mmu {

namespace {

/// The registers of a walker. Apart from the others, which every refill writes.
template <class SomeRegisters>
[[gnu::noinline]] auto* walk_storage(SomeRegisters& registers, Spr spr) {
  switch (spr) {
    case Spr::Walkctl:
      return &registers.walk.control;
    case Spr::Walkpgd:
      return &registers.walk.pgd;
    case Spr::Walkkpgd:
      return &registers.walk.kernel_pgd;
    case Spr::Walkbase:
      return &registers.walk.base;
    default:
      return static_cast<decltype(&registers.walk.base)>(nullptr);
  }
}

/// The register that an SPR number names, in the state or in the masks; nullptr for one that is
/// no plain storage.
template <class SomeRegisters>
[[gnu::always_inline]] inline auto* storage(SomeRegisters& registers, Spr spr) {
  switch (spr) {
    case Spr::Pid0:
      return &registers.pid[0];
    case Spr::Pid1:
      return &registers.pid[1];
    case Spr::Pid2:
      return &registers.pid[2];
    case Spr::Lpidr:
      return &registers.lpidr;
    case Spr::Eplc:
      return &registers.eplc;
    case Spr::Epsc:
      return &registers.epsc;
    case Spr::Epcr:
      return &registers.epcr;
    case Spr::Mas5:
      return &registers.mas[5];
    case Spr::Mas7:
      return &registers.mas[7];
    case Spr::Mas8:
      return &registers.mas[8];
    case Spr::Mas0:
    case Spr::Mas1:
    case Spr::Mas2:
    case Spr::Mas3:
    case Spr::Mas4:
    case Spr::Mas6:
      return &registers.mas[static_cast<unsigned>(spr) - static_cast<unsigned>(Spr::Mas0)];
    default:
      return walk_storage(registers, spr);
  }
}

bool is_pid(Spr spr) { return spr == Spr::Pid0 || spr == Spr::Pid1 || spr == Spr::Pid2; }

/// Part of every key: a write may flush L1 (e500mc-mmu.md 1.4).
bool is_context(Spr spr) { return is_pid(spr) || spr == Spr::Lpidr; }

bool is_external_context(Spr spr) { return spr == Spr::Eplc || spr == Spr::Epsc; }

Effect unknown(const Parameters& parameters) {
  const bool ignored = parameters.unknown_spr == UnknownSpr::Ignore;
  return {ignored ? Trap::None : Trap::IllegalInstruction, 0};
}

}  // namespace

// e500mc-mmu.md 1.6: the last page, where the reset vector is; SX SW SR, cache-inhibited.
void Mmu::reset_boot_entry() {
  constexpr std::uint32_t kLastPage = 0xFFFFF000;
  TlbEntry entry;
  entry.array = TlbArray::Tlb1;
  entry.mas1 = mas1::kValid.mask | mas1::kIprot.mask | mas1::kTsize.at(1);
  entry.mas2 = kLastPage | mas2::kWimge.at(0x08);
  entry.mas3 = kLastPage | mas3::kPermissions.at(0x15);
  tlb1_.write(entry);
}

Effect Mmu::mtspr(const Instruction& instruction) {
  const Spr spr = instruction.spr;
  if (!has_spr(spr, parameters_) || is_read_only(spr)) return unknown(parameters_);
  if (spr == Spr::Mmucsr0) {
    flash_invalidate(instruction.operand);
    return {};
  }
  const bool guest = instruction.gs && parameters_.has_ehv;
  write_register(spr, instruction.operand, guest);
  if (is_context(spr)) {
    flush_l1_for(spr);
    update_context();
  }
  return {};
}

void Mmu::write_register(Spr spr, std::uint32_t value, bool guest) {
  std::uint32_t mask = *storage(writable_, spr);
  std::uint32_t& word = *storage(registers_, spr);
  std::uint32_t kept = 0;
  if (guest && is_external_context(spr)) {  // EGS and ELPID are the hypervisor's (3.1)
    kept = word & (epc::kEgs.mask | epc::kElpid.mask);
    mask &= ~(epc::kEgs.mask | epc::kElpid.mask);
  }
  word = (value & mask) | kept;
}

void Mmu::flush_l1_for(Spr spr) {
  const bool all = is_pid(spr) ? parameters_.l1_flush_on_pid == L1FlushOnPid::All
                               : parameters_.l1_flush_on_lpid == L1FlushOnLpid::All;
  if (all) {
    l1_instruction_.flush();
    l1_data_.flush();
  } else if (is_pid(spr) && parameters_.l1_flush_on_pid == L1FlushOnPid::NonGlobal) {
    l1_instruction_.flush_non_global();
    l1_data_.flush_non_global();
  }
}

Effect Mmu::mfspr(const Instruction& instruction) const {
  const Spr spr = instruction.spr;
  if (!has_spr(spr, parameters_)) return unknown(parameters_);
  switch (spr) {
    case Spr::Mmucsr0:
      return {};  // a flash is over by the time anything can read it
    case Spr::Mmucfg:
      return {Trap::None, mmucfg(parameters_)};
    case Spr::Tlb0cfg:
      return {Trap::None, tlb0cfg(parameters_)};
    case Spr::Tlb1cfg:
      return {Trap::None, tlb1cfg(parameters_)};
    case Spr::Tlb0ps:
      return {Trap::None, kTlb0ps};
    case Spr::Tlb1ps:
      return {Trap::None, tlb1ps(parameters_)};
    case Spr::Eptcfg:
      return {Trap::None, kEptcfg};
    default:
      return {Trap::None, *storage(registers_, spr)};
  }
}

/// A PID register that is 0 adds nothing to the match (e500mc-mmu.md 2.2), so software that uses
/// one PID register pays for one key.
void Mmu::update_context() {
  const std::uint64_t lpid = registers_.lpidr;
  std::array<std::uint64_t, 3> keys{lpid, lpid, lpid};
  std::size_t used = 0;
  for (const std::uint32_t pid : registers_.pid) {
    const std::uint64_t field = (std::uint64_t{pid} << match::kPidShift) & match::kPid;
    if (field != 0) keys[used++] = field | lpid;
  }
  for (std::size_t i = used; i < keys.size(); ++i) keys[i] = keys[0];
  // PIDs in use must not stand behind a repetition, which ends the comparison early.
  if (keys[1] == keys[0]) std::swap(keys[1], keys[2]);
  context_ = {keys[0], keys[1], keys[2]};
}

}  // namespace tessera::mmu
