#include <fmt/core.h>

#include "sw/workload/visits.hpp"
#include "sw/workload/zipf_sampler.hpp"

namespace tessera::workload {
namespace {

struct ZipfPattern {
  ZipfSampler ranks;

  std::uint64_t next(Random& random) const { return ranks.next(random) - 1; }
  void state(Archive& /*archive*/) const {}
};

Plan plan_zipf(const Values& values) {
  const VisitParameters p = visit_parameters_of(values);
  const double skew = values.real("skew");
  return plan_visits(visits_title("zipf", p, fmt::format(", skew {}", skew)), p,
                     ZipfPattern{ZipfSampler(p.elements(), skew)});
}

}  // namespace

Description describe_zipf() {
  return {"zipf",
          "Zipf's law, as key-value stores and caches see it: the k-th most popular element is "
          "visited in\nproportion to k^-s. Element 0 is the most popular one. The larger the skew "
          "s, the less there is\nto remap; 0 is uniform, 0.99 is what YCSB takes.",
          with_visit_parameters({{"skew", "the exponent s of Zipf's law", 0.99, 0, 10}}),
          "--skew 1.2 --visits 20000", plan_zipf};
}

}  // namespace tessera::workload
