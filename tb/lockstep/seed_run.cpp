#include "tb/lockstep/seed_run.hpp"

#include <fmt/format.h>

#include "model/clocked/clocked_mmu.hpp"
#include "tb/lockstep/repeat.hpp"

namespace tessera::lockstep {
namespace {

template <class Counts>
void add_each(Counts& sum, const Counts& more) {
  for (std::size_t i = 0; i < sum.size(); ++i) {
    sum[i] += more[i];
  }
}

void add(Comparison& sum, const Comparison& more) {
  sum.cycles += more.cycles;
  sum.pins += more.pins;
  add_each(sum.events, more.events);
  add_each(sum.traps, more.traps);
}

void add(CheckedTranslations& sum, const CheckedTranslations& more) {
  sum.l1_hits += more.l1_hits;
  sum.l2_hits += more.l2_hits;
  sum.tlb_errors += more.tlb_errors;
  sum.machine_checks += more.machine_checks;
  sum.denied += more.denied;
  sum.ambiguous += more.ambiguous;
  sum.registers_read += more.registers_read;
  sum.walks += more.walks;
  sum.walk_loads += more.walk_loads;
  sum.walk_writes += more.walk_writes;
  sum.walk_faults += more.walk_faults;
  sum.walk_errors += more.walk_errors;
  sum.both_walk += more.both_walk;
  add_each(sum.overtaken, more.overtaken);
}

}  // namespace

Met& Met::operator+=(const Met& more) {
  add(comparison, more.comparison);
  add(checked, more.checked);
  return *this;
}

std::string run_seed(const Subject& subject, std::uint64_t seed, std::uint64_t cycles, Met& met) {
  clocked::ClockedMmu model(subject.core.parameters, subject.core.timing);
  const auto rtl = make_rtl(subject);
  Stimulus stimulus(subject.core.parameters, seed);
  TranslationChecker checker(subject.core.parameters, subject.core.timing);
  Lockstep lockstep(model, "C++", *rtl, "RTL");
  lockstep.check_with(checker);
  const bool same = lockstep.run(stimulus, cycles);
  const Comparison& comparison = lockstep.comparison();
  met += {comparison, checker.checked()};
  if (same) {
    return {};
  }
  return fmt::format("{}, seed {}: {}{}", subject.name, seed, comparison.difference,
                     repeat_with_waves(subject, seed, comparison.cycles));
}

}  // namespace tessera::lockstep
