#include "tb/lockstep/subjects.hpp"

#include "Vmmu_odd.h"
#include "model/rtl/rtl_engine.hpp"
#include "model/rtl/verilated_device.hpp"

namespace tessera::lockstep {
namespace {

/// The parameters of tb/lockstep/CMakeLists.txt, once more for the C++.
mmu::Core odd_core() {
  mmu::Core core = *mmu::find_core("e500mc");
  mmu::Parameters& p = core.parameters;
  p.tlb0_sets = 4;
  p.tlb0_ways = 3;
  p.tlb1_entries = 5;
  p.l1_4k_sets = 2;
  p.l1_4k_ways = 3;
  p.l1_vsp_entries = 3;
  p.ra_bits = 34;
  p.pid_bits = 9;
  p.epid_bits = 7;
  p.npids = 3;
  p.lpid_bits = 3;
  p.tlbilx_tid0_wildcard = true;
  p.nv_scope = mmu::NvScope::PerSet;
  p.l1_flush_on_pid = mmu::L1FlushOnPid::All;
  p.backinv_match = mmu::BackinvMatch::Full;
  p.multi_hit = mmu::MultiHit::First;
  p.tlbwe_bad_tsize = mmu::BadTsize::Force4K;
  p.tlbivax_lpid = mmu::TlbivaxLpid::Match;
  core.timing.l1tlb_hit_extra = Cycles(2);
  core.timing.l2tlb_hit_penalty = Cycles(1);
  core.timing.l2tlb_accept = Cycles(3);
  core.timing.tlbsync = Cycles(5);
  core.timing.tlbwe = Cycles(1);
  core.timing.tlbsx = Cycles(2);
  return core;
}

}  // namespace

std::ostream& operator<<(std::ostream& out, const Subject& subject) { return out << subject.name; }

const std::vector<Subject>& subjects() {
  static const std::vector<Subject> all{{"e500mc", *mmu::find_core("e500mc")},
                                        {"e500v2", *mmu::find_core("e500v2")},
                                        {"qemu", *mmu::find_core("qemu")},
                                        {"odd", odd_core()}};
  return all;
}

std::unique_ptr<clocked::PinDevice> make_rtl(const Subject& subject) {
  if (subject.name == "odd") {
    return std::make_unique<rtl::VerilatedDevice<Vmmu_odd>>();
  }
  return rtl::make_rtl_device(subject.core.parameters, subject.core.timing);
}

}  // namespace tessera::lockstep
