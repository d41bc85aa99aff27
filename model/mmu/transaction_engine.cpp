#include "model/mmu/transaction_engine.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

#include "model/mmu/latency.hpp"

namespace tessera::mmu {

namespace {

constexpr Cycles kOne{1};

const Parameters& checked(const Parameters& parameters, const Timing& timing,
                          const WalkMemory* memory) {
  std::string text = validation_error(parameters);
  if (text.empty()) text = validation_error(timing);
  if (text.empty()) text = missing_memory(parameters, memory);
  if (!text.empty()) throw std::invalid_argument(text);
  return parameters;
}

}  // namespace

TransactionEngine::TransactionEngine(const Parameters& parameters, const Timing& timing,
                                     WalkMemory* memory)
    : mmu_(checked(parameters, timing, memory)), timing_(timing), memory_(memory) {}

// Every run spends its time here: inlined to the bottom.
[[gnu::flatten]] Translation TransactionEngine::access(const Access& access) {
  const Translation response = respond(accept(access));
  now_ = response.done;
  return response;
}

std::pair<Translation, Translation> TransactionEngine::access_pair(const Access& fetch,
                                                                   const Access& data) {
  const Request second = accept(data);
  const Request first = accept(fetch);
  std::pair<Translation, Translation> responses;
  if (first.page == nullptr && second.page == nullptr) {
    responses = mmu_.walks() ? walk(first, second) : respond_from_l2(first, second);
  } else {
    responses = {respond(first), respond(second)};
  }
  now_ = std::max(responses.first.done, responses.second.done);
  return responses;
}

Completion TransactionEngine::execute(const Instruction& instruction) {
  const Effect effect = mmu_.execute(instruction);
  now_ += latency_of(instruction, effect.trap, mmu_.parameters(), timing_);
  return {now_, effect.trap, effect.value};
}

Translation TransactionEngine::respond_from_l2(const Request& request) {
  const Search search = search_l2(request);
  if (!search.match.found && mmu_.walks()) return walk(request, search);
  return resolve(request, search);
}

/// Both miss L1: data takes the first slot (e500mc-mmu.md 6.2). When the fetch searches before
/// data responds, its use is part of the order in which a TLB error of data seeks a victim.
std::pair<Translation, Translation> TransactionEngine::respond_from_l2(const Request& fetch,
                                                                       const Request& data) {
  std::pair<Translation, Translation> responses;
  const Search search = search_l2(data);
  if (timing_.l2tlb_accept + kOne < timing_.l2tlb_hit_penalty) {
    const Search fetch_search = search_l2(fetch);
    responses.second = resolve(data, search);
    responses.first = resolve(fetch, fetch_search);
  } else {
    responses.second = resolve(data, search);
    responses.first = resolve(fetch, search_l2(fetch));
  }
  return responses;
}

/// Takes the next slot of the L2 port.
TransactionEngine::Search TransactionEngine::search_l2(const Request& request) {
  const Cycles slot = std::max(now_ + kOne, l2_free_);
  l2_free_ = slot + timing_.l2tlb_accept;
  const Search search{slot, mmu_.lookup_l2(request.access.ea, request.sample.keys)};
  mmu_.use(request.access.ea, search.match);
  return search;
}

Translation TransactionEngine::resolve(const Request& request, const Search& search) {
  const Cycles done = search.slot + timing_.l2tlb_hit_penalty;
  return mmu_.resolve(request.access, request.sample, search.match, done);
}

}  // namespace tessera::mmu
