#include "model/mmu/transaction_engine.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

#include "model/mmu/latency.hpp"

namespace tessera::mmu {

namespace {

constexpr Cycles kOne{1};

const Parameters& checked(const Parameters& parameters, const Timing& timing) {
  std::string text = validation_error(parameters);
  if (text.empty()) text = validation_error(timing);
  if (!text.empty()) throw std::invalid_argument(text);
  return parameters;
}

}  // namespace

TransactionEngine::TransactionEngine(const Parameters& parameters, const Timing& timing)
    : mmu_(checked(parameters, timing)), timing_(timing) {}

Translation TransactionEngine::access(const Access& access) {
  const Translation response = translate(access);
  now_ = response.done;
  return response;
}

std::pair<Translation, Translation> TransactionEngine::access_pair(const Access& fetch,
                                                                   const Access& data) {
  // The L1 TLBs share nothing, so only the order at the L2 port matters: data first.
  const Translation second = translate(data);
  const Translation first = translate(fetch);
  now_ = std::max(first.done, second.done);
  return {first, second};
}

Completion TransactionEngine::execute(const Instruction& instruction) {
  const Effect effect = mmu_.execute(instruction);
  now_ += latency_of(instruction, effect.trap, mmu_.parameters(), timing_);
  return {now_, effect.trap, effect.value};
}

/// An access accepted at now_; leaves now_ alone.
Translation TransactionEngine::translate(const Access& access) {
  const Sample sample = mmu_.sample(access);
  const Page* const page = mmu_.lookup_l1(access, sample);
  if (page == nullptr) return respond_from_l2(access, sample);
  return mmu_.permit(access, sample, *page, now_ + kOne + timing_.l1tlb_hit_extra);
}

Translation TransactionEngine::respond_from_l2(const Access& access, const Sample& sample) {
  const Cycles slot = std::max(now_ + kOne, l2_free_);
  l2_free_ = slot + timing_.l2tlb_accept;
  const L2Match match = mmu_.lookup_l2(access.ea, sample.keys);
  return mmu_.resolve(access, sample, match, slot + timing_.l2tlb_hit_penalty);
}

}  // namespace tessera::mmu
