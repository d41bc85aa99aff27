#include "sw/semantics/comparison.hpp"

#include <algorithm>

#include "sw/semantics/check.hpp"
#include "sw/semantics/recorded.hpp"

namespace tessera::semantics {

namespace {

Row run(const Check& check, const Subject& subject, const Recorded& recorded) {
  Process process(subject);
  Row row{check.name, check.story, check.run(process), {}};
  const auto found = recorded.outcomes.find(check.name);
  if (found != recorded.outcomes.end()) row.recorded = found->second;
  return row;
}

bool is_checked(const std::string& name) {
  const Checks& checks = all_checks();
  return std::any_of(checks.begin(), checks.end(),
                     [&](const Check& check) { return check.name == name; });
}

}  // namespace

std::size_t Comparison::compared() const {
  return static_cast<std::size_t>(
      std::count_if(rows.begin(), rows.end(), [](const Row& row) { return row.is_recorded(); }));
}

std::size_t Comparison::disagreements() const {
  return static_cast<std::size_t>(std::count_if(
      rows.begin(), rows.end(), [](const Row& row) { return row.is_recorded() && !row.agrees(); }));
}

Comparison compare(const Subject& subject) {
  const Recorded recorded = recorded_for(subject);
  Comparison comparison;
  comparison.source = recorded.source;
  comparison.rows.reserve(all_checks().size());
  for (const Check& check : all_checks()) {
    comparison.rows.push_back(run(check, subject, recorded));
  }
  for (const auto& [name, outcome] : recorded.outcomes) {
    if (!is_checked(name)) comparison.without_check.push_back(name);
  }
  return comparison;
}

}  // namespace tessera::semantics
