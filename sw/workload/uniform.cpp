#include "sw/workload/visits.hpp"

namespace tessera::workload {
namespace {

Plan plan_uniform(const Values& values) {
  const VisitParameters p = visit_parameters_of(values);
  return plan_visits(visits_title("uniform", p), p, UniformPattern(p));
}

}  // namespace

Description describe_uniform() {
  return {
      "uniform",
      "Every element of the file is as likely as any other, so that a window helps no more than "
      "by its\nsize: the share of visits that need a mapping call is the share of the file that "
      "it does not show.",
      with_visit_parameters({}), "--visits 20000 --file-pages 8192", plan_uniform};
}

}  // namespace tessera::workload
