#include "tb/lockstep/named_parameters.hpp"

#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <variant>

namespace tessera::lockstep {
namespace {

using mmu::Parameters;
using mmu::Timing;

using Member = std::variant<
    unsigned Parameters::*, bool Parameters::*, Cycles Timing::*, mmu::NvScope Parameters::*,
    mmu::Tlb0Replacement Parameters::*, mmu::L1FlushOnPid Parameters::*,
    mmu::L1FlushOnLpid Parameters::*, mmu::BackinvMatch Parameters::*, mmu::MultiHit Parameters::*,
    mmu::BadTsize Parameters::*, mmu::TlbsxRaNonzero Parameters::*, mmu::TlbsxMissEpn Parameters::*,
    mmu::MissUBits Parameters::*, mmu::TlbreMas0 Parameters::*, mmu::TlbivaxLpid Parameters::*,
    mmu::ReservedBits Parameters::*, mmu::UnknownSpr Parameters::*,
    mmu::HardwareWalker Parameters::*>;

const std::map<std::string, Member>& members() {
  static const std::map<std::string, Member> all{
      {"TLB0_SETS", &Parameters::tlb0_sets},
      {"TLB0_WAYS", &Parameters::tlb0_ways},
      {"TLB1_ENTRIES", &Parameters::tlb1_entries},
      {"TLB1_MIN_SIZE_CODE", &Parameters::tlb1_min_size_code},
      {"TLB1_MAX_SIZE_CODE", &Parameters::tlb1_max_size_code},
      {"L1_4K_SETS", &Parameters::l1_4k_sets},
      {"L1_4K_WAYS", &Parameters::l1_4k_ways},
      {"L1_VSP_ENTRIES", &Parameters::l1_vsp_entries},
      {"RA_BITS", &Parameters::ra_bits},
      {"PID_BITS", &Parameters::pid_bits},
      {"EPID_BITS", &Parameters::epid_bits},
      {"NPIDS", &Parameters::npids},
      {"LPID_BITS", &Parameters::lpid_bits},
      {"TSIZE_BITS", &Parameters::tsize_bits},
      {"HAS_EHV", &Parameters::has_ehv},
      {"HAS_TLBILX", &Parameters::has_tlbilx},
      {"HAS_EXTERNAL_PID", &Parameters::has_external_pid},
      {"BOOT_ENTRY", &Parameters::boot_entry},
      {"MMUCFG_READS_ZERO", &Parameters::mmucfg_reads_zero},
      {"TLBILX_TID0_WILDCARD", &Parameters::tlbilx_tid0_wildcard},
      {"NV_SCOPE", &Parameters::nv_scope},
      {"TLB0_REPL", &Parameters::tlb0_repl},
      {"L1_FLUSH_ON_PID", &Parameters::l1_flush_on_pid},
      {"L1_FLUSH_ON_LPID", &Parameters::l1_flush_on_lpid},
      {"BACKINV_MATCH", &Parameters::backinv_match},
      {"MULTIHIT", &Parameters::multi_hit},
      {"TLBWE_BAD_TSIZE", &Parameters::tlbwe_bad_tsize},
      {"TLBSX_RA_NZ", &Parameters::tlbsx_ra_nonzero},
      {"TLBSX_MISS_EPN", &Parameters::tlbsx_miss_epn},
      {"MISS_UBITS", &Parameters::miss_u_bits},
      {"TLBRE_MAS0", &Parameters::tlbre_mas0},
      {"TLBIVAX_LPID", &Parameters::tlbivax_lpid},
      {"RESERVED_BITS", &Parameters::reserved_bits},
      {"UNKNOWN_SPR", &Parameters::unknown_spr},
      {"HTW", &Parameters::hardware_walker},
      {"L1TLB_HIT_EXTRA", &Timing::l1tlb_hit_extra},
      {"L2TLB_HIT_PENALTY", &Timing::l2tlb_hit_penalty},
      {"L2TLB_ACCEPT", &Timing::l2tlb_accept},
      {"T_TLBWE", &Timing::tlbwe},
      {"T_TLBRE", &Timing::tlbre},
      {"T_TLBSX", &Timing::tlbsx},
      {"T_TLBILX_VA", &Timing::tlbilx_va},
      {"T_TLBILX_SCAN", &Timing::tlbilx_scan},
      {"T_TLBILX_SCAN_PER_SET", &Timing::tlbilx_scan_per_set},
      {"T_MMUCSR0_FLASH", &Timing::mmucsr0_flash},
      {"T_TLBIVAX_LOCAL", &Timing::tlbivax_local},
      {"T_TLBSYNC", &Timing::tlbsync},
      {"T_MTSPR", &Timing::mtspr},
      {"T_MFSPR", &Timing::mfspr},
      {"T_TRAP", &Timing::trap},
      {"T_PID_WRITE_FLUSH", &Timing::pid_write_flush},
  };
  return all;
}

template <class Value>
void set(mmu::Core& core, Value Parameters::*member, unsigned long number) {
  core.parameters.*member = static_cast<Value>(number);
}

void set(mmu::Core& core, Cycles Timing::*member, unsigned long number) {
  core.timing.*member = Cycles(number);
}

}  // namespace

mmu::Core core_with(std::string_view text, const mmu::Core& preset) {
  mmu::Core core = preset;
  std::istringstream words{std::string(text)};
  for (std::string word; words >> word;) {
    const std::size_t equals = word.find('=');
    const auto found = members().find(word.substr(0, equals));
    if (equals == std::string::npos || found == members().end()) {
      throw std::invalid_argument("'" + word + "' is no parameter of docs/pins.md 11");
    }
    const unsigned long number = std::stoul(word.substr(equals + 1));
    std::visit([&](auto member) { set(core, member, number); }, found->second);
  }
  return core;
}

}  // namespace tessera::lockstep
