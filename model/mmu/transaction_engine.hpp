#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "model/mmu/engine.hpp"
#include "model/mmu/mmu.hpp"
#include "model/mmu/parameters.hpp"
#include "model/mmu/timing.hpp"
#include "model/mmu/walk_memory.hpp"

namespace tessera {
class Archive;
}

namespace tessera::mmu {

/// The fast engine: completion cycles are computed, not stepped (docs/microarchitecture.md).
class TransactionEngine final : public MmuEngine {
 public:
  /// Reset state at cycle 0. `memory` is what a hardware walker reads; it outlives the engine.
  /// Throws std::invalid_argument with the text of validation_error, or when there is a walker
  /// and no memory.
  TransactionEngine(const Parameters& parameters, const Timing& timing,
                    WalkMemory* memory = nullptr);

  Cycles now() const override { return now_; }
  void advance(Cycles duration) override { now_ += duration; }
  Translation access(const Access& access) override;
  std::pair<Translation, Translation> access_pair(const Access& fetch, const Access& data) override;
  Completion execute(const Instruction& instruction) override;
  const MmuCounters& counters() const override { return mmu_.counters(); }
  std::vector<TlbEntry> valid_entries() const override { return mmu_.valid_entries(); }

  /// Another core's tlbivax, which takes none of this core's time (Mmu::snoop).
  void snoop(std::uint32_t operand, std::uint32_t lpid) { mmu_.snoop(operand, lpid, nullptr); }

  /// The architectural state behind it, for audits.
  const Mmu& mmu() const { return mmu_; }

  /// What changes while it runs (decision 13).
  void state(Archive& archive);

 private:
  /// An access and what its L1 TLB says.
  struct Request {
    const Access& access;
    Sample sample;
    const Page* page;  ///< nullptr: L1 miss
  };
  /// A lookup in the L2 TLBs.
  struct Search {
    Cycles slot;  ///< the edge at which it begins
    L2Match match;
  };

  /// The L1 lookup of an access that is accepted at now().
  Request accept(const Access& access) {
    Request request{access, mmu_.sample(access), nullptr};
    request.page = mmu_.lookup_l1(access, request.sample);
    return request;
  }
  /// Leaves now() alone.
  Translation respond(const Request& request) {
    if (request.page == nullptr) return respond_from_l2(request);
    const Cycles done = now_ + Cycles(1) + timing_.l1tlb_hit_extra;
    return mmu_.permit(request.access, request.sample, *request.page, done);
  }
  Translation respond_from_l2(const Request& request);
  std::pair<Translation, Translation> respond_from_l2(const Request& fetch, const Request& data);
  /// Of an access that misses L1 on a core with a walker. The second: of two.
  Translation walk(const Request& request, Search search);
  std::pair<Translation, Translation> walk(const Request& fetch, const Request& data);
  Search search_l2(const Request& request);
  Translation resolve(const Request& request, const Search& search);

  Mmu mmu_;
  Timing timing_;
  WalkMemory* memory_;
  Cycles now_;
  Cycles l2_free_;  ///< first edge at which the L2 TLBs accept a lookup
};

}  // namespace tessera::mmu
