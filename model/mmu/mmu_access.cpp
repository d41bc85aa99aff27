#include <stdexcept>

#include "model/mmu/mas.hpp"
#include "model/mmu/mmu.hpp"

namespace tessera::mmu {

std::uint32_t Mmu::external_context(AccessKind kind) const {
  return kind == AccessKind::Store ? registers_.epsc : registers_.eplc;
}

Sample Mmu::sample_external(const Access& access) const {
  const std::uint32_t context = external_context(access.kind);
  const bool as = epc::kEas.of(context) != 0;
  const std::uint64_t key = key_of(access.ea, as, epc::kEgs.of(context) != 0) |
                            (std::uint64_t{epc::kEpid.of(context)} << match::kPidShift) |
                            epc::kElpid.of(context);
  return {MatchKeys::single(key), as, epc::kEpr.of(context) != 0};
}

bool Mmu::multi_hit_is_fatal() const {
  if (parameters_.multi_hit == MultiHit::Assert) {
    throw std::logic_error("more than one TLB entry matches (MultiHit::Assert)");
  }
  return parameters_.multi_hit == MultiHit::MachineCheck;
}

void Mmu::fail(const Access& access, const Sample& sample, const L2Match& match,
               Translation& response) {
  if (match.multiple) {
    machine_check(access, response);
  } else {
    tlb_error(access, sample.as, response);
  }
}

Translation Mmu::resolve(const Access& access, const Sample& sample, const LatchedMatch& match,
                         bool fill, Cycles done) {
  Translation response;
  response.done = done;
  if (!match.found || match.multiple) {
    fail(access, sample, match, response);
    return response;
  }
  ++counters_.l2_hits;
  if (fill) {
    L1Tlb& l1 = access.kind == AccessKind::Fetch ? l1_instruction_ : l1_data_;
    l1.fill(match.array, access.ea, match.word, match.page);
  }
  answer(access, sample, match.page, response);
  return response;
}

namespace {

/// ESR of a data exception (e500mc-mmu.md 4): all other bits are cleared.
std::uint32_t esr_of(const Access& access) {
  return (access.kind == AccessKind::Store ? esr::kStore.mask : 0) |
         (access.external_pid ? esr::kExternalPid.mask : 0);
}

}  // namespace

void Mmu::deny(const Access& access, Translation& response) {
  const bool fetch = access.kind == AccessKind::Fetch;
  ++(fetch ? counters_.isi : counters_.dsi);
  response.outcome = fetch ? Outcome::InstructionStorage : Outcome::DataStorage;
  response.fault_ea = access.ea;
  response.esr = fetch ? 0 : esr_of(access);
}

void Mmu::machine_check(const Access& access, Translation& response) {
  ++counters_.machine_checks;
  response.outcome = Outcome::MachineCheck;
  response.fault_ea = access.ea;
}

void Mmu::tlb_error(const Access& access, bool as, Translation& response) {
  const bool fetch = access.kind == AccessKind::Fetch;
  ++(fetch ? counters_.itlb_errors : counters_.dtlb_errors);
  response.outcome = fetch ? Outcome::InstructionTlbError : Outcome::DataTlbError;
  response.fault_ea = access.ea;
  response.esr = fetch ? 0 : esr_of(access);
  if (mas_update_is_inhibited(access)) return;
  load_miss_defaults(access.ea, default_tid(access), as, true);
  mas(2) = mas2::kEpn.copy(mas(2), access.ea.value());
  const std::uint32_t spid =
      access.external_pid ? epc::kEpid.of(external_context(access.kind)) : registers_.pid[0];
  const std::uint32_t sind = indirect_bit_ == 0 ? 0 : mas4::kIndd.of(mas(4));
  mas(6) = mas6::kSpid.at(spid) | mas6::kSind.at(sind) | mas6::kSas.at(as ? 1 : 0);
}

// EPCR[DMIUH]: no update for a TLB error that hypervisor state takes, so unless it comes from a
// guest and EPCR directs it back to the guest (e500mc-mmu.md 3.4, scope M).
bool Mmu::mas_update_is_inhibited(const Access& access) const {
  if (epcr::kDmiuh.of(registers_.epcr) == 0) return false;
  const Field directed = access.kind == AccessKind::Fetch ? epcr::kItlbgs : epcr::kDtlbgs;
  return !access.gs || directed.of(registers_.epcr) == 0;
}

/// MAS1[TID] of a TLB error: with several PID registers, MAS4[TIDSELD] names one, or none.
std::uint32_t Mmu::default_tid(const Access& access) const {
  if (access.external_pid) return epc::kEpid.of(external_context(access.kind));
  if (parameters_.npids == 1) return registers_.pid[0];
  const std::uint32_t selected = mas4::kTidseld.of(mas(4));
  return selected == 3 ? 0 : registers_.pid[selected];
}

/// What a TLB error and a tlbsx miss have in common (e500mc-mmu.md 3.4): all but MAS2[EPN], MAS6.
void Mmu::load_miss_defaults(EffectiveAddress ea, std::uint32_t tid, bool as, bool valid) {
  const std::uint32_t tlbseld = mas4::kTlbseld.of(mas(4));
  mas(0) = mas0::kTlbsel.put(mas(0), tlbseld);
  if (tlbseld == 0 || next_victim_.covers_tlb1()) {
    const unsigned set = tlb0_.set_of(ea);
    unsigned way = next_victim_.offer(set);
    if (parameters_.tlb0_repl == Tlb0Replacement::Lru) way = tlb0_.victim(set);
    mas(0) = mas0::kNv.put(mas0::kEsel.put(mas(0), way), next_victim_.after(way));
  }
  mas(1) = mas1::kValid.at(valid ? 1 : 0) | mas1::kTid.at(tid) | mas1::kTs.at(as ? 1 : 0) |
           (mas1::kInd.at(mas4::kIndd.of(mas(4))) & indirect_bit_) | (mas(4) & mas4::kTsized5.mask);
  mas(2) = (mas(2) & mas2::kEpn.mask) | (mas(4) & mas2::kAttributes.mask);
  const bool keep_u = parameters_.miss_u_bits == MissUBits::Keep;
  mas(3) = keep_u ? mas(3) & mas3::kUser.mask : 0;
  mas(7) = 0;
}

}  // namespace tessera::mmu
