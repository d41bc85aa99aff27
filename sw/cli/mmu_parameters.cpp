#include "sw/cli/parameter_kinds.hpp"
#include "sw/cli/parameter_lists.hpp"

namespace tessera::cli {
namespace {

using mmu::Parameters;
using mmu::Timing;

/// Ranges are wide here: mmu::validation_error knows which sizes fit together.
Parameter size(const char* name, unsigned Parameters::*member, const char* description) {
  return number(
      fmt::format("mmu.{}", name), [member](auto& c) -> auto& { return c.machine.mmu.*member; }, 0,
      1U << 20, description);
}

Parameter feature(const char* name, bool Parameters::*member, const char* description) {
  return flag(
      fmt::format("mmu.{}", name), [member](auto& c) -> auto& { return c.machine.mmu.*member; },
      description);
}

template <class Enum>
Parameter rule(const char* name, Enum Parameters::*member, Names<Enum> names,
               const char* description) {
  return choice(
      fmt::format("mmu.{}", name), [member](auto& c) -> auto& { return c.machine.mmu.*member; },
      std::move(names), description);
}

Parameter latency(const char* name, Cycles Timing::*member, const char* description) {
  return number(
      fmt::format("timing.{}", name),
      [member](auto& c) -> auto& { return c.machine.timing.*member; }, 0, kCyclesLimit,
      fmt::format("cycles: {}", description));
}

std::vector<Parameter> sizes_and_features() {
  return {
      size("tlb0_sets", &Parameters::tlb0_sets, "sets of TLB0"),
      size("tlb0_ways", &Parameters::tlb0_ways, "ways of TLB0"),
      size("tlb1_entries", &Parameters::tlb1_entries, "entries of TLB1"),
      size("tlb1_min_size_code", &Parameters::tlb1_min_size_code, "smallest page: 4^s KB"),
      size("tlb1_max_size_code", &Parameters::tlb1_max_size_code, "largest page: 4^s KB"),
      size("l1_4k_sets", &Parameters::l1_4k_sets, "sets of each L1 4K array"),
      size("l1_4k_ways", &Parameters::l1_4k_ways, "ways of each L1 4K array; 0: none"),
      size("l1_vsp_entries", &Parameters::l1_vsp_entries, "entries of each L1 VSP array; 0: none"),
      size("ra_bits", &Parameters::ra_bits, "width of a real address"),
      size("pid_bits", &Parameters::pid_bits, "width of TID and of the PID registers"),
      size("epid_bits", &Parameters::epid_bits, "width of EPLC[EPID] and EPSC[EPID]"),
      size("npids", &Parameters::npids, "PID registers"),
      size("lpid_bits", &Parameters::lpid_bits, "width of LPIDR"),
      size("tsize_bits", &Parameters::tsize_bits, "width of MAS1[TSIZE]"),
      feature("has_ehv", &Parameters::has_ehv, "category E.HV: GS, LPID, VF, MAS5, MAS8"),
      feature("has_tlbilx", &Parameters::has_tlbilx, "tlbilx; without it PID flushes flush all"),
      feature("has_external_pid", &Parameters::has_external_pid, "EPLC, EPSC"),
      feature("boot_entry", &Parameters::boot_entry, "TLB1 entry 0 is valid after reset"),
      feature("mmucfg_reads_zero", &Parameters::mmucfg_reads_zero, "MMUCFG reads 0"),
      feature("tlbilx_tid0_wildcard", &Parameters::tlbilx_tid0_wildcard,
              "tlbilx T=3 takes TID = 0 for any PID"),
      feature("exception_keeps_ce_de", &Parameters::exception_keeps_ce_de,
              "an interrupt keeps MSR[CE] and MSR[DE]"),
  };
}

std::vector<Parameter> rules() {
  return {
      rule("nv_scope", &Parameters::nv_scope,
           {{"global", mmu::NvScope::Global},
            {"per_set", mmu::NvScope::PerSet},
            {"qemu", mmu::NvScope::Qemu}},
           "scope of TLB0[NV]"),
      rule("tlb0_repl", &Parameters::tlb0_repl,
           {{"software", mmu::Tlb0Replacement::Software}, {"lru", mmu::Tlb0Replacement::Lru}},
           "victim hint of TLB0: TLB0[NV], or the way used longest ago"),
      rule("l1_flush_on_pid", &Parameters::l1_flush_on_pid,
           {{"non_global", mmu::L1FlushOnPid::NonGlobal},
            {"all", mmu::L1FlushOnPid::All},
            {"none", mmu::L1FlushOnPid::None}},
           "what a PID write drops from L1"),
      rule("l1_flush_on_lpid", &Parameters::l1_flush_on_lpid,
           {{"all", mmu::L1FlushOnLpid::All}, {"none", mmu::L1FlushOnLpid::None}},
           "what an LPIDR write drops from L1"),
      rule("backinv_match", &Parameters::backinv_match,
           {{"epn_ts", mmu::BackinvMatch::EpnTs},
            {"full", mmu::BackinvMatch::Full},
            {"none", mmu::BackinvMatch::None}},
           "what a tlbwe drops from L1"),
      rule("multi_hit", &Parameters::multi_hit,
           {{"machine_check", mmu::MultiHit::MachineCheck},
            {"first", mmu::MultiHit::First},
            {"assert", mmu::MultiHit::Assert}},
           "several entries match"),
      rule("tlbwe_bad_tsize", &Parameters::tlbwe_bad_tsize,
           {{"illegal", mmu::BadTsize::Illegal}, {"force_4k", mmu::BadTsize::Force4K}},
           "tlbwe of a reserved page size"),
      rule("tlbsx_ra_nonzero", &Parameters::tlbsx_ra_nonzero,
           {{"illegal", mmu::TlbsxRaNonzero::Illegal}, {"ea_sum", mmu::TlbsxRaNonzero::EaSum}},
           "tlbsx with rA other than 0"),
      rule("tlbsx_miss_epn", &Parameters::tlbsx_miss_epn,
           {{"keep", mmu::TlbsxMissEpn::Keep}, {"zero", mmu::TlbsxMissEpn::Zero}},
           "MAS2[EPN] after a tlbsx miss"),
      rule("miss_u_bits", &Parameters::miss_u_bits,
           {{"keep", mmu::MissUBits::Keep}, {"zero", mmu::MissUBits::Zero}},
           "MAS3[U0:U3] after a miss"),
      rule("tlbre_mas0", &Parameters::tlbre_mas0,
           {{"nv_only", mmu::TlbreMas0::NvOnly}, {"rewrite", mmu::TlbreMas0::Rewrite}},
           "what tlbre writes to MAS0"),
      rule("tlbivax_lpid", &Parameters::tlbivax_lpid,
           {{"ignore", mmu::TlbivaxLpid::Ignore}, {"match", mmu::TlbivaxLpid::Match}},
           "TLPID under tlbivax"),
      rule("reserved_bits", &Parameters::reserved_bits,
           {{"read_zero", mmu::ReservedBits::ReadZero}, {"retain", mmu::ReservedBits::Retain}},
           "unimplemented bits of MAS and PID"),
      rule("unknown_spr", &Parameters::unknown_spr,
           {{"illegal", mmu::UnknownSpr::Illegal}, {"ignore", mmu::UnknownSpr::Ignore}},
           "mtspr and mfspr of a register that is not there"),
  };
}

std::vector<Parameter> latencies() {
  return {
      latency("l1tlb_hit_extra", &Timing::l1tlb_hit_extra, "L1 hit, beyond the first"),
      latency("l2tlb_hit_penalty", &Timing::l2tlb_hit_penalty, "L2 slot to response"),
      latency("l2tlb_accept", &Timing::l2tlb_accept, "from one L2 slot to the next"),
      latency("tlbwe", &Timing::tlbwe, "tlbwe"),
      latency("tlbre", &Timing::tlbre, "tlbre"),
      latency("tlbsx", &Timing::tlbsx, "tlbsx"),
      latency("tlbilx_va", &Timing::tlbilx_va, "tlbilx T=3"),
      latency("tlbilx_scan", &Timing::tlbilx_scan, "tlbilx T=0 and T=1, the fixed part"),
      latency("tlbilx_scan_per_set", &Timing::tlbilx_scan_per_set, "the part for each set of TLB0"),
      latency("mmucsr0_flash", &Timing::mmucsr0_flash, "flash invalidation"),
      latency("tlbivax_local", &Timing::tlbivax_local, "tlbivax on its own core"),
      latency("tlbsync", &Timing::tlbsync, "tlbsync"),
      latency("mtspr", &Timing::mtspr, "mtspr"),
      latency("mfspr", &Timing::mfspr, "mfspr"),
      latency("pid_write_flush", &Timing::pid_write_flush, "an mtspr that flushes L1, on top"),
      latency("trap", &Timing::trap, "an MMU instruction that traps"),
      latency("exc_entry", &Timing::exc_entry, "exception to first handler fetch"),
      latency("rfi", &Timing::rfi, "rfi"),
      latency("isync", &Timing::isync, "isync"),
  };
}

}  // namespace

std::vector<Parameter> mmu_parameters() {
  std::vector<Parameter> all;
  for (auto* list : {&sizes_and_features, &rules, &latencies}) {
    std::vector<Parameter> part = list();
    std::move(part.begin(), part.end(), std::back_inserter(all));
  }
  return all;
}

}  // namespace tessera::cli
