#include "sw/pte_lab/check.hpp"

#include <algorithm>

#include "sw/pte_lab/property.hpp"

namespace tessera::pte_lab {

namespace {

constexpr const char* kNoLongerKnown =
    "the format's file calls this known, but it holds: take that [[known]] out";

Finding judge(const Property& property, const Layout& layout, Solver& solver) {
  Outcome outcome = property.examine(layout, solver);
  const auto known =
      std::find_if(layout.known.begin(), layout.known.end(),
                   [&](const pte::KnownFlaw& flaw) { return flaw.property == property.name; });
  const bool is_known = known != layout.known.end();
  Finding finding{property.name, property.statement, Verdict::Proved, "", std::move(outcome.story)};
  if (!outcome.obstacle.empty()) {
    finding.verdict = Verdict::NotApplicable;
    finding.reason = outcome.obstacle;
  } else if (!outcome.holds) {
    finding.verdict = is_known ? Verdict::Known : Verdict::Refuted;
    finding.reason = is_known ? known->reason : "";
  } else if (is_known) {
    finding.verdict = Verdict::Refuted;
    finding.story = {kNoLongerKnown};
  }
  return finding;
}

}  // namespace

std::string name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::Proved:
      return "proved";
    case Verdict::Refuted:
      return "refuted";
    case Verdict::Known:
      return "known";
    case Verdict::NotApplicable:
      return "not applicable";
  }
  return "";
}

std::vector<Finding> check(const Layout& layout, Solver& solver) {
  std::vector<Finding> findings;
  for (const auto& group :
       {present_properties(), file_and_swap_properties(), loader_properties()}) {
    for (const Property& property : group) {
      findings.push_back(judge(property, layout, solver));
    }
  }
  return findings;
}

}  // namespace tessera::pte_lab
