#include <algorithm>

#include "model/mmu/transaction_engine.hpp"
#include "model/mmu/walked_pair.hpp"

// What a hardware walker adds: a file of its own, so that the paths without one stay as short.
namespace tessera::mmu {

namespace {

constexpr Cycles kOneEdge{1};

}  // namespace

/// Alone, an access finds the walker idle and nothing overtakes it (docs/walkers.md W7).
Translation TransactionEngine::walk(const Request& request, Search search) {
  while (!search.match.found) {
    search.match = mmu_.lookup_indirect(request.sample.keys);
    if (!mmu_.may_walk(request.access, search.match)) break;
    Walk walk = mmu_.begin_walk(request.access, request.sample, search.match);
    const Cycles commit = search.slot + timing_.l2tlb_hit_penalty - kOneEdge;
    Cycles ready = commit + kOneEdge * 2;  // taken at the edge after the commit
    while (walk.loads()) {
      const WalkLoad load = memory_->load(walk.ra(), walk.is_double());
      mmu_.advance_walk(walk, load);
      ready += load.latency + kOneEdge;
    }
    const Cycles end = std::max(ready, l2_free_);
    l2_free_ = end + timing_.l2tlb_accept;
    if (walk.result() != WalkResult::Entry) {
      return mmu_.fail_walk(request.access, walk, end + kOneEdge);
    }
    mmu_.end_walk(walk, mmu_.walk_way(request.access.ea));
    search = search_l2(request);
  }
  return resolve(request, search);
}

std::pair<Translation, Translation> TransactionEngine::walk(const Request& fetch,
                                                            const Request& data) {
  WalkedPair pair(mmu_, timing_, *memory_, {fetch.access, fetch.sample},
                  {data.access, data.sample});
  const auto responses = pair.run(now_, l2_free_);
  l2_free_ = pair.l2_free();
  return responses;
}

}  // namespace tessera::mmu
