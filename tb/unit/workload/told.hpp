#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "sw/workload/registry.hpp"

namespace tessera::workload {

/// The plan of a registered workload that was told these.
inline Plan plan_for(const std::string& name, const Choices& choices) {
  static StreamCache streams;
  const Description& workload = *find_workload(name);
  return workload.prepare(Values(workload, choices, streams));
}

/// All its rounds.
inline std::vector<Iteration> rounds_of(const Plan& plan, bool remapped = true) {
  const std::unique_ptr<Workload> workload = plan.make(remapped);
  std::vector<Iteration> rounds(1);
  while (workload->next(rounds.back())) {
    rounds.emplace_back();
  }
  rounds.pop_back();
  return rounds;
}

/// All operations of one kind, in order.
template <class Kind>
std::vector<Kind> all_of(const std::vector<Iteration>& rounds) {
  std::vector<Kind> all;
  for (const Iteration& round : rounds) {
    for (const Operation& operation : round.operations) {
      if (const auto* one = std::get_if<Kind>(&operation)) all.push_back(*one);
    }
  }
  return all;
}

inline Value whole(std::uint64_t number) { return number; }

}  // namespace tessera::workload
