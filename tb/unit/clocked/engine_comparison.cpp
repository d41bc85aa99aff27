#include "tb/unit/clocked/engine_comparison.hpp"

#include <algorithm>
#include <cstring>
#include <tuple>
#include <utility>
#include <vector>

#include "model/mmu/core.hpp"
#include "tb/unit/clocked/random_calls.hpp"

namespace tessera::clocked {
namespace {

using mmu::Completion;
using mmu::MmuEngine;
using mmu::TlbEntry;
using mmu::Translation;

constexpr std::uint64_t kCallsToALookAtMas0 = 7;

bool same(const Translation& a, const Translation& b) {
  return a.done == b.done && a.outcome == b.outcome && a.ra == b.ra && a.wimge == b.wimge &&
         a.fault_ea == b.fault_ea && a.esr == b.esr;
}

bool same(const Completion& a, const Completion& b) {
  return a.done == b.done && a.trap == b.trap && a.value == b.value;
}

bool same(const mmu::MmuCounters& a, const mmu::MmuCounters& b) {
  static_assert(sizeof a % sizeof(std::uint64_t) == 0);  // counters alone, no padding
  return std::memcmp(&a, &b, sizeof a) == 0;
}

bool same(const std::vector<TlbEntry>& a, const std::vector<TlbEntry>& b) {
  const auto words = [](const TlbEntry& e) {
    return std::tie(e.array, e.indirect, e.set, e.slot, e.mas1, e.mas2, e.mas3, e.mas7, e.mas8);
  };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](const TlbEntry& x, const TlbEntry& y) { return words(x) == words(y); });
}

/// The victim that a TLB error offers is seen here, unless an mtspr comes first.
Call look_at_mas0() {
  Call call;
  call.kind = Call::Kind::Execute;
  call.instruction.opcode = mmu::Opcode::Mfspr;
  call.instruction.spr = mmu::Spr::Mas0;
  return call;
}

/// Does one call on both; true if they agree on it.
bool agree(MmuEngine& left, MmuEngine& right, const Call& call) {
  switch (call.kind) {
    case Call::Kind::Access:
      return same(left.access(call.access), right.access(call.access));
    case Call::Kind::Pair: {
      const auto a = left.access_pair(call.access, call.data);
      const auto b = right.access_pair(call.access, call.data);
      return same(a.first, b.first) && same(a.second, b.second);
    }
    case Call::Kind::Execute:
      return same(left.execute(call.instruction), right.execute(call.instruction));
    case Call::Kind::Advance:
      left.advance(call.duration);
      right.advance(call.duration);
      return true;
  }
  return false;
}

std::string describe(const Call& call, std::uint64_t number) {
  return "call " + std::to_string(number) + ", kind " +
         std::to_string(static_cast<unsigned>(call.kind)) + ", EA " +
         std::to_string(call.access.ea.value()) + ", opcode " +
         std::to_string(static_cast<unsigned>(call.instruction.opcode)) + ", SPR " +
         std::to_string(static_cast<unsigned>(call.instruction.spr));
}

Configuration small() {
  Configuration c;
  mmu::Parameters& p = c.parameters;
  p.tlb0_sets = 5;
  p.tlb0_ways = 3;
  p.tlb1_entries = 5;
  p.l1_4k_sets = 3;
  p.l1_4k_ways = 3;
  p.l1_vsp_entries = 3;
  p.ra_bits = 34;
  p.pid_bits = 9;
  p.epid_bits = 7;
  p.npids = 3;
  p.lpid_bits = 3;
  p.boot_entry = false;
  p.tlbilx_tid0_wildcard = true;
  p.nv_scope = mmu::NvScope::PerSet;
  p.l1_flush_on_pid = mmu::L1FlushOnPid::All;
  p.l1_flush_on_lpid = mmu::L1FlushOnLpid::None;
  p.backinv_match = mmu::BackinvMatch::Full;
  p.multi_hit = mmu::MultiHit::First;
  p.tlbwe_bad_tsize = mmu::BadTsize::Force4K;
  p.tlbsx_ra_nonzero = mmu::TlbsxRaNonzero::EaSum;
  p.tlbivax_lpid = mmu::TlbivaxLpid::Match;
  p.tlbre_mas0 = mmu::TlbreMas0::Rewrite;
  c.timing.l1tlb_hit_extra = Cycles(2);
  return c;
}

Configuration slow() {
  Configuration c;
  mmu::Timing& t = c.timing;
  t.l1tlb_hit_extra = Cycles(3);
  t.l2tlb_hit_penalty = Cycles(9);
  t.l2tlb_accept = Cycles(4);
  t.tlbwe = Cycles(5);
  t.tlbre = Cycles(2);
  t.tlbsx = Cycles(11);
  t.tlbilx_scan = Cycles(1);
  t.tlbilx_scan_per_set = Cycles(0);
  t.mtspr = Cycles(3);
  t.mfspr = Cycles(2);
  t.pid_write_flush = Cycles(4);
  t.trap = Cycles(7);
  c.parameters.l1_flush_on_pid = mmu::L1FlushOnPid::None;
  return c;
}

Configuration narrow() {
  Configuration c;
  mmu::Parameters& p = c.parameters;
  p.l1_4k_ways = 0;
  p.l1_vsp_entries = 1;
  p.tlb0_sets = 1;
  p.tlb0_ways = 64;
  p.tlb1_entries = 70;
  p.ra_bits = 32;
  p.has_ehv = false;
  p.has_external_pid = false;
  p.unknown_spr = mmu::UnknownSpr::Ignore;
  mmu::Timing& t = c.timing;
  t.l2tlb_hit_penalty = Cycles(1);
  t.l2tlb_accept = Cycles(7);
  t.tlbwe = t.tlbre = t.tlbsx = t.tlbilx_va = t.tlbivax_local = t.mmucsr0_flash = Cycles(1);
  return c;
}

/// Replacement of TLB0 by true LRU, L1 no subset of L2.
Configuration lru() {
  Configuration c = small();
  c.parameters.tlb0_repl = mmu::Tlb0Replacement::Lru;
  c.parameters.backinv_match = mmu::BackinvMatch::None;
  return c;
}

/// The fetch of a pair searches L2 at the very edge at which a TLB error of its data takes effect.
Configuration lru_at_one_edge() {
  Configuration c;
  c.parameters.tlb0_sets = 4;
  c.parameters.tlb0_repl = mmu::Tlb0Replacement::Lru;
  c.parameters.nv_scope = mmu::NvScope::Qemu;
  c.timing.l2tlb_hit_penalty = c.timing.l2tlb_accept + Cycles(1);
  return c;
}

Configuration jammed() {
  Configuration c = small();
  c.timing.l2tlb_hit_penalty = Cycles(1);
  c.timing.l2tlb_accept = Cycles(50);
  return c;
}

Configuration open() {
  Configuration c = lru();
  c.timing.l2tlb_hit_penalty = Cycles(13);
  c.timing.l2tlb_accept = Cycles(1);
  return c;
}

Configuration with_walker(Configuration c, mmu::HardwareWalker walker) {
  c.parameters.hardware_walker = walker;
  if (walker == mmu::HardwareWalker::E6500) c.parameters.tsize_bits = 5;
  return c;
}

}  // namespace

EngineComparison compare_engines(MmuEngine& left, MmuEngine& right,
                                 const mmu::Parameters& parameters, unsigned seed,
                                 std::uint64_t calls, std::uint64_t calls_to_an_audit) {
  EngineComparison result;
  RandomCalls random(parameters, seed);
  for (; result.calls < calls; ++result.calls) {
    const bool look = result.calls % kCallsToALookAtMas0 == 0;
    const Call call = look ? look_at_mas0() : random.next();
    const bool agreed = agree(left, right, call);
    result.checks += 2;
    if (!agreed || left.now() != right.now() || !same(left.counters(), right.counters())) {
      result.difference = describe(call, result.calls);
      return result;
    }
    if (result.calls % calls_to_an_audit != 0) continue;
    ++result.checks;
    if (!same(left.valid_entries(), right.valid_entries())) {
      result.difference = "valid entries, " + describe(call, result.calls);
      return result;
    }
  }
  return result;
}

Configuration configuration_of(const std::string& name) {
  const auto stem_before = [&name](const std::string& end) {
    return name.ends_with(end) ? name.substr(0, name.size() - end.size()) : "";
  };
  if (const std::string stem = stem_before("_tablewalk"); !stem.empty()) {
    return with_walker(configuration_of(stem), mmu::HardwareWalker::Tablewalk);
  }
  if (const std::string stem = stem_before("_e6500"); !stem.empty()) {
    return with_walker(configuration_of(stem), mmu::HardwareWalker::E6500);
  }
  if (name == "jammed") return jammed();
  if (name == "open") return open();
  if (name == "small") return small();
  if (name == "slow") return slow();
  if (name == "narrow") return narrow();
  if (name == "lru") return lru();
  if (name == "lru_at_one_edge") return lru_at_one_edge();
  const mmu::Core& core = *mmu::find_core(name);
  return {core.parameters, core.timing};
}

}  // namespace tessera::clocked
