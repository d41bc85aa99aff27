#include <algorithm>

#include <fmt/core.h>

#include "sw/workload/portable_math.hpp"
#include "sw/workload/visits.hpp"

namespace tessera::workload {
namespace {

/// Of any first part x of the elements, x^exponent of the visits (J. Gray and others, "Quickly
/// Generating Billion-Record Synthetic Databases", SIGMOD 1994).
struct SelfSimilarPattern {
  std::uint64_t elements;
  double inverse_exponent;

  std::uint64_t next(Random& random) const {
    const double share =
        portable_exp(std::max(-700.0, inverse_exponent * portable_log(random.real())));
    const auto element = static_cast<std::uint64_t>(static_cast<double>(elements) * share);
    return std::min(element, elements - 1);
  }
  void state(Archive& /*archive*/) const {}
};

Plan plan_self_similar(const Values& values) {
  const VisitParameters p = visit_parameters_of(values);
  const std::uint64_t hot = values.number("hot_percent");
  const double h = static_cast<double>(hot) / 100;
  const SelfSimilarPattern pattern{p.elements(), portable_log(h) / portable_log(1 - h)};
  return plan_visits(visits_title("self_similar", p, fmt::format(", {}/{}", 100 - hot, hot)), p,
                     pattern);
}

}  // namespace

Description describe_self_similar() {
  return {"self_similar",
          "The 80/20 rule: 80 % of the visits go to the first 20 % of the elements, and within "
          "these again\n80 % to the first 20 %, and so on. As transaction benchmarks model "
          "accounts and stock.",
          with_visit_parameters({{"hot_percent",
                                  "share of the elements that the rest of 100 % of the visits go "
                                  "to, in percent; 50 is uniform",
                                  std::uint64_t{20}, 1, 50}}),
          "--hot-percent 10 --visits 20000", plan_self_similar};
}

}  // namespace tessera::workload
