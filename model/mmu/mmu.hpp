#pragma once

#include <cstdint>
#include <vector>

#include "model/mmu/counters.hpp"
#include "model/mmu/engine.hpp"
#include "model/mmu/l1_tlb.hpp"
#include "model/mmu/match_word.hpp"
#include "model/mmu/next_victim.hpp"
#include "model/mmu/page.hpp"
#include "model/mmu/parameters.hpp"
#include "model/mmu/permissions.hpp"
#include "model/mmu/registers.hpp"
#include "model/mmu/tlb0.hpp"
#include "model/mmu/tlb1.hpp"
#include "model/mmu/walk.hpp"

namespace tessera {
class Archive;
}

namespace tessera::mmu {

/// What the MMU samples for an access at the accepting edge.
struct Sample {
  MatchKeys keys;   ///< what is compared in all arrays
  bool as = false;  ///< MSR[IS] or MSR[DS], or EAS of an external-PID access
  bool pr = false;  ///< MSR[PR], or EPR of an external-PID access
};

/// The answer of both L2 arrays to one lookup. On a hit, the references into them stay good until
/// the next write.
struct L2Match {
  bool found = false;               ///< something hit
  bool multiple = false;            ///< only with MultiHit::MachineCheck
  bool indirect = false;            ///< nothing was found, but an indirect entry at `index` of TLB1
  TlbArray array = TlbArray::Tlb0;  ///< where it hit
  unsigned index = 0;               ///< flat: set * ways + way in TLB0
};

/// An L2Match with a copy of the entry that was found, for engines that respond later: what
/// happens to the arrays in between does not change it.
struct LatchedMatch : L2Match {
  MatchWord word;  ///< what the entry is matched by
  Page page;       ///< what the entry yields
};

/// What an MMU instruction left behind, besides state.
struct Effect {
  Trap trap = Trap::None;   ///< when not None, nothing was changed
  std::uint32_t value = 0;  ///< result of mfspr
};

/// The architectural state of one core's MMU and every operation on it, without time: an engine
/// decides at which edge an operation happens (docs/microarchitecture.md).
class Mmu {
 public:
  /// Reset state. Requires parameters without a validation_error.
  explicit Mmu(const Parameters& parameters);

  /// An access as seen by the lookups (e500mc-mmu.md 2.1). External-PID accesses need a core
  /// that has them.
  Sample sample(const Access& access) const {
    if (access.external_pid) return sample_external(access);
    return {context_.with(key_of(access.ea, access.as, access.gs)), access.as, access.pr};
  }

  /// The page that hits in the L1 TLB of the access's port, or nullptr. A hit is counted and used.
  const Page* lookup_l1(const Access& access, const Sample& sample) {
    L1Tlb& l1 = access.kind == AccessKind::Fetch ? l1_instruction_ : l1_data_;
    const Page* page = l1.lookup(access.ea, sample.keys);
    counters_.l1_hits += page != nullptr ? 1 : 0;
    return page;
  }

  /// Searches TLB0 and TLB1 (e500mc-mmu.md 2.2, 1.7). Changes nothing.
  L2Match lookup_l2(EffectiveAddress ea, const MatchKeys& keys) const {
    const std::uint64_t ways = tlb0_.lookup(ea, keys);
    const Tlb1::Match cam = tlb1_.lookup(keys);
    L2Match match;
    match.found = ways != 0 || cam.found;
    if (cam.multiple || (ways & (ways - 1)) != 0 || (ways != 0 && cam.found)) {
      match.multiple = multi_hit_is_fatal();
    }
    match.array = ways != 0 ? TlbArray::Tlb0 : TlbArray::Tlb1;
    match.index = ways != 0 ? tlb0_.index_of(ea, first_bit(ways)) : cam.index;
    return match;
  }

  /// What a lookup_l2() that found nothing comes to (docs/walkers.md W3): an indirect entry,
  /// several, or nothing after all. Changes nothing.
  L2Match lookup_indirect(const MatchKeys& keys) const;

  /// Both in one.
  L2Match search_l2(EffectiveAddress ea, const MatchKeys& keys) const {
    const L2Match match = lookup_l2(ea, keys);
    return match.found || indirect_bit_ == 0 ? match : lookup_indirect(keys);
  }

  /// What an access's lookup at this edge does to the order that Tlb0Replacement::Lru keeps: the
  /// way that answered is used, whatever becomes of the access (docs/pins.md 8).
  void use(EffectiveAddress ea, const L2Match& match) {
    if (parameters_.tlb0_repl != Tlb0Replacement::Lru) return;
    if (match.found && !match.multiple && match.array == TlbArray::Tlb0) {
      tlb0_.use(ea, match.index);
    }
  }

  /// What the core is told, at `done`, of an access that hits `page`: the address, DSI or ISI;
  /// counts the latter two.
  Translation permit(const Access& access, const Sample& sample, const Page& page, Cycles done) {
    Translation response;
    response.done = done;
    answer(access, sample, page, response);
    return response;
  }

  /// The response edge, `done`, of an access that missed L1: fills L1 and permits, or updates MAS
  /// and reports a TLB error or machine check; counts which.
  Translation resolve(const Access& access, const Sample& sample, const L2Match& match,
                      Cycles done) {
    Translation response;
    response.done = done;
    if (!match.found || match.multiple) {
      fail(access, sample, match, response);
      return response;
    }
    ++counters_.l2_hits;
    const L2Array& from = l2(match.array);
    const Page& page = from.page(match.index);
    L1Tlb& l1 = access.kind == AccessKind::Fetch ? l1_instruction_ : l1_data_;
    l1.fill(match.array, access.ea, from.word(match.index), page);
    answer(access, sample, page, response);
    return response;
  }

  /// Copies what a match refers to.
  LatchedMatch latch(const L2Match& match) const {
    LatchedMatch latched{match, {}, {}};
    if (match.found && !match.multiple) {
      latched.word = l2(match.array).word(match.index);
      latched.page = l2(match.array).page(match.index);
    }
    return latched;
  }

  /// resolve() of a match that was latched earlier; `fill` is false when a snoop has cancelled the
  /// fill meanwhile (docs/pins.md 7).
  Translation resolve(const Access& access, const Sample& sample, const LatchedMatch& match,
                      bool fill, Cycles done);

  /// There is a hardware walker.
  bool walks() const { return parameters_.hardware_walker != HardwareWalker::Off; }

  /// The access, whose search has ended in `match`, becomes a walk, and no TLB error
  /// (docs/walkers.md W4).
  bool may_walk(const Access& access, const L2Match& match) const;

  /// The walk of an access that may_walk(). Registers and `match` are as at its search: nothing
  /// can change them before it responds.
  Walk begin_walk(const Access& access, const Sample& sample, const L2Match& match) const;

  /// What memory has answered to the load that a walk waited for; counts it.
  void advance_walk(Walk& walk, const WalkLoad& load);

  /// The way of TLB0 that a walk for `ea` would write now (docs/walkers.md W6).
  unsigned walk_way(EffectiveAddress ea) const;

  /// The entry that a walk with WalkResult::Entry writes, but for its place.
  TlbEntry walked_entry(const Walk& walk) const;

  /// The edge at which a walk with WalkResult::Entry ends: its entry goes to that way of TLB0.
  void end_walk(const Walk& walk, unsigned way);

  /// The response edge, `done`, of an access whose walk ended without an entry.
  Translation fail_walk(const Access& access, const Walk& walk, Cycles done);

  /// The edge at which a walk is thrown away.
  void drop_walk() { ++counters_.walks_overtaken; }

  /// The completing edge of an MMU instruction.
  Effect execute(const Instruction& instruction);

  /// How execute() would end if it were called now, so far as its latency depends on it: whether
  /// several matches trap a tlbsx is not looked at.
  Trap trap_of(const Instruction& instruction) const;

  /// Another core's tlbivax: `operand` and LPID as it broadcast them (e500mc-mmu.md 3.7). An entry
  /// that a tlbwe writes at the same edge, `written`, survives (docs/pins.md 7); else null.
  void snoop(std::uint32_t operand, std::uint32_t lpid, const TlbEntry* written);

  /// The entry that a tlbwe writes as MAS stands; of the last one, right after it.
  TlbEntry selected_entry() const;

  /// What it was built from.
  const Parameters& parameters() const { return parameters_; }
  /// Events since reset.
  const MmuCounters& counters() const { return counters_; }

  /// TLB0 set by set, then TLB1 by index.
  std::vector<TlbEntry> valid_entries() const;

  /// For audits.
  const L1Tlb& l1_instruction() const { return l1_instruction_; }
  /// The L1 TLB of loads and stores.
  const L1Tlb& l1_data() const { return l1_data_; }
  /// The array of 4 KB pages.
  const Tlb0& tlb0() const { return tlb0_; }
  /// The array of all sizes.
  const Tlb1& tlb1() const { return tlb1_; }

  /// What changes while it runs (decision 13).
  void state(Archive& archive);

 private:
  std::uint64_t key_of(EffectiveAddress ea, bool as, bool gs) const {
    return match::kValid | (ea.value() & match::kEpn) | (as ? match::kAs : 0) | (gs ? gs_bit_ : 0);
  }
  const L2Array& l2(TlbArray array) const {
    return array == TlbArray::Tlb0 ? tlb0_.array() : tlb1_.array();
  }
  std::uint32_t& mas(unsigned number) { return registers_.mas[number]; }
  std::uint32_t mas(unsigned number) const { return registers_.mas[number]; }

  // Responses are built in place: a copy of one costs more than the lookup.
  void answer(const Access& access, const Sample& sample, const Page& page, Translation& response) {
    if (!allows(page, access.kind, sample.pr)) return deny(access, response);
    response.ra = page.translate(access.ea);
    response.wimge = static_cast<std::uint8_t>(page.wimge);
  }

  // mmu_access.cpp
  Sample sample_external(const Access& access) const;
  std::uint32_t external_context(AccessKind kind) const;
  void deny(const Access& access, Translation& response);
  void tlb_error(const Access& access, bool as, Translation& response);
  void fail(const Access& access, const Sample& sample, const L2Match& match,
            Translation& response);
  void machine_check(const Access& access, Translation& response);
  bool multi_hit_is_fatal() const;
  bool mas_update_is_inhibited(const Access& access) const;
  std::uint32_t default_tid(const Access& access) const;
  void load_miss_defaults(EffectiveAddress ea, std::uint32_t tid, bool as, bool valid);

  // mmu_entries.cpp
  bool is_indirect(std::uint32_t mas1_word) const { return (mas1_word & indirect_bit_) != 0; }
  Trap tlbwe();
  bool tlbwe_is_legal() const;
  void tlbre();
  L2Match tlbsx_match(EffectiveAddress ea) const;
  Trap tlbsx(EffectiveAddress ea);
  TlbEntry entry_from_mas(TlbArray array) const;
  bool size_is_legal() const;
  std::uint32_t as_direct_4k(std::uint32_t mas1_word) const;
  std::uint64_t offset_mask_of(std::uint32_t mas1_word) const;
  void load_entry(const TlbEntry& entry);
  void load_nv(const TlbEntry& entry);

  // mmu_invalidations.cpp
  Trap tlbilx(std::uint8_t t, EffectiveAddress ea);
  void tlbivax(std::uint32_t operand);
  void invalidate_by_address(std::uint32_t operand, std::uint64_t lpid);
  void flash_invalidate(std::uint32_t mmucsr0_value);
  void invalidate(TlbArray array, const Invalidation& invalidation);
  std::uint64_t searched_lpid() const;
  void back_invalidate(const MatchWord& victim);

  // mmu_registers.cpp
  void reset_boot_entry();
  Effect mtspr(const Instruction& instruction);
  Effect mfspr(const Instruction& instruction) const;
  void write_register(Spr spr, std::uint32_t value, bool guest);
  void flush_l1_for(Spr spr);
  void update_context();

  Parameters parameters_;
  Registers writable_;
  Registers registers_;
  MatchKeys context_;           ///< PID and LPID parts of the keys of ordinary accesses
  std::uint64_t gs_bit_;        ///< match::kGs, or 0 on a core without E.HV
  std::uint32_t indirect_bit_;  ///< mas1::kInd of HardwareWalker::E6500, or 0
  L1Tlb l1_instruction_;
  L1Tlb l1_data_;
  Tlb0 tlb0_;
  Tlb1 tlb1_;
  NextVictim next_victim_;
  MmuCounters counters_;
};

}  // namespace tessera::mmu
