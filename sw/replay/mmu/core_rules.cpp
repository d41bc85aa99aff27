#include "sw/replay/mmu/core_rules.hpp"

#include <string_view>

#include <fmt/format.h>

#include "model/mmu/mas.hpp"

namespace tessera::replay {

namespace mas0 = mmu::mas0;
namespace mas1 = mmu::mas1;

namespace {

/// As an instruction under test, or as one in user mode.
bool names_tlbilx(const LogLine& operation) {
  constexpr std::string_view kName = "tlbilx";
  return operation.operation == kName ||
         (operation.operation == "upriv" &&
          operation.operands.text("k").substr(0, kName.size()) == kName);
}

}  // namespace

CoreRules::CoreRules(const mmu::Parameters& core)
    : core_(core), writable_(mmu::writable_bits(core)) {}

void CoreRules::check_header(const LogLine& header) const {
  constexpr std::uint32_t kWidePids = 4;  // a mode (tb/golden/mmu-qemu/README.md)
  constexpr unsigned kWidePidBits = 14;
  const Pairs& in = header.operands;
  if (in.has("mode") && (in.number("mode") & kWidePids) != 0 && core_.pid_bits < kWidePidBits) {
    throw UnusableLine(fmt::format(
        "a log of mode 4 has PIDs of 14 bits and the core's have {}; core qemu can play it",
        core_.pid_bits));
  }
  const std::uint32_t tlb0cfg = mmu::tlb0cfg(core_);
  if (in.has("tlb0cfg") && in.number("tlb0cfg") != tlb0cfg) {
    throw UnusableLine(
        fmt::format("the log is of a TLB0 of another shape: the core's TLB0CFG is {:x}", tlb0cfg));
  }
}

std::optional<Omission> CoreRules::reason_not_to_play(const LogLine& operation) const {
  const std::string_view name = operation.operation;
  const bool entry_op = name == "tlbwe" || name == "tlbre";
  if (names_tlbilx(operation) && !core_.has_tlbilx) return Omission::NoTlbilx;
  if ((name == "epld" || name == "epst") && !core_.has_external_pid) {
    return Omission::NoExternalPid;
  }
  if (hits_are_ambiguous(operation)) return Omission::SeveralHits;
  if (entry_op && core_.reserved_bits == mmu::ReservedBits::ReadZero &&
      mas0::kTlbsel.of(operation.operands.number("m0")) > 1) {
    return Omission::OddTlbsel;
  }
  if (entry_op && has_odd_tsize(operation)) return Omission::OddTsize;
  return std::nullopt;
}

/// QEMU's own order counts only on a core that has it, and no L1 TLB to hide an entry of L2.
bool CoreRules::hits_are_ambiguous(const LogLine& operation) const {
  const bool has_l1 = core_.l1_4k_ways != 0 || core_.l1_vsp_entries != 0;
  if (core_.multi_hit == mmu::MultiHit::First && !has_l1) return false;
  for (const char* const hits : {"hits", "hits2"}) {
    if (operation.results.has(hits) && operation.results.number(hits) > 1) return true;
  }
  return false;
}

/// tlbwe of such an entry, or tlbre where QEMU has accepted one.
bool CoreRules::has_odd_tsize(const LogLine& operation) const {
  const bool write = operation.operation == "tlbwe";
  const std::uint32_t word =
      write ? operation.operands.number("m1") : operation.results.number("mas1");
  if (core_.tsize_bits != 4 || mas1::kValid.of(word) == 0) return false;
  if (mas0::kTlbsel.of(operation.operands.number("m0")) == 0) return false;
  const std::uint32_t code = mas1::kTsize.of(word);
  const bool half_step = (mas1::kTsize5.of(word) & 1) != 0;
  return half_step || code < core_.tlb1_min_size_code || code > core_.tlb1_max_size_code;
}

bool CoreRules::only_qemu_drops(const LogLine& tlbilx, const mmu::TlbEntry& entry) const {
  const std::uint32_t t = tlbilx.operands.number("t");
  const Pid spid(mmu::mas6::kSpid.of(tlbilx.operands.number("m6")));
  const bool global = entry.tid() == Pid(0);
  if (entry.iprot()) return false;
  if (core_.has_tlbilx && (core_.tlbilx_tid0_wildcard || !global || spid == Pid(0))) return false;
  if (t == 3) {
    const EffectiveAddress ea(tlbilx.operands.number("ea"));
    const bool held = ea >= entry.ea() && (ea - entry.ea()) < entry.size();
    return held && (global || entry.tid() == spid);
  }
  return !core_.has_tlbilx && (t == 0 || entry.tid() == spid);
}

Omission CoreRules::dropped_because() const {
  return core_.has_tlbilx ? Omission::GlobalEntry : Omission::NoTlbilx;
}

}  // namespace tessera::replay
