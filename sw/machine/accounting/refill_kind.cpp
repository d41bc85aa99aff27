#include "sw/machine/accounting/refill_kind.hpp"

#include <numeric>

#include <fmt/core.h>

#include "sw/vm/counters.hpp"

namespace tessera::machine {

const char* name_of(RefillClass refill_class) {
  static constexpr std::array<const char*, kRefillClasses> kNames{"compulsory", "capacity",
                                                                  "conflict", "tlb1", "flush"};
  return kNames.at(static_cast<std::size_t>(refill_class));
}

const char* meaning_of(RefillClass refill_class) {
  static constexpr std::array<const char*, kRefillClasses> kMeanings{
      "the page was never in TLB0 since reset",
      "it gave way to another refill, and a fully associative TLB0 would have had no room for it "
      "either",
      "it gave way to another refill, and a fully associative TLB0 would not have lost it that way",
      "it is no page of TLB0's: a huge page, or an indirect entry of walker e6500",
      "it was in TLB0 until an invalidation took it away"};
  return kMeanings.at(static_cast<std::size_t>(refill_class));
}

const char* meaning_of(FlushReach reach) {
  static constexpr std::array<const char*, kFlushReaches> kMeanings{
      "one page of one PID", "all of one PID", "all that is not protected"};
  return kMeanings.at(static_cast<std::size_t>(reach));
}

const char* name_of(FlushReach reach) {
  static constexpr std::array<const char*, kFlushReaches> kNames{"va", "pid", "all"};
  return kNames.at(static_cast<std::size_t>(reach));
}

std::string name_of(RefillGroup group) {
  if (class_of(group) != RefillClass::Flush) return name_of(class_of(group));
  const std::size_t flush = group - (kRefillClasses - 1);
  return fmt::format("{}_{}", name_of(static_cast<FlushReach>(flush / vm::kFlushCauses)),
                     vm::name(static_cast<vm::FlushCause>(flush % vm::kFlushCauses)));
}

std::uint64_t RefillAccount::all_refills() const {
  return std::accumulate(refills.begin(), refills.end(), std::uint64_t{0});
}

std::uint64_t RefillAccount::refills_of(RefillClass refill_class) const {
  std::uint64_t sum = 0;
  for (RefillGroup group = 0; group < kRefillGroups; ++group) {
    if (class_of(group) == refill_class) sum += refills[group];
  }
  return sum;
}

Cycles RefillAccount::all_cycles() const {
  return std::accumulate(cycles.begin(), cycles.end(), Cycles(0));
}

RefillAccount between(const RefillAccount& start, const RefillAccount& end) {
  RefillAccount result = end;
  for (RefillGroup group = 0; group < kRefillGroups; ++group) {
    result.refills[group] -= start.refills[group];
    result.cycles[group] -= start.cycles[group];
  }
  result.failed -= start.failed;
  return result;
}

}  // namespace tessera::machine
