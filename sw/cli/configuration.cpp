#include "sw/cli/configuration.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "model/types/user_error.hpp"
#include "sw/cli/parameter.hpp"
#include "sw/cli/parameter_lists.hpp"
#include "sw/workload/registry.hpp"

namespace tessera::cli {
namespace {

void apply(Configuration& configuration, const Assignment& assignment) {
  const Parameter& parameter = require_parameter(assignment.key, assignment.origin);
  try {
    parameter.set(configuration, assignment.value);
  } catch (const UserError& error) {
    const bool own_flag = assignment.origin.rfind("--", 0) == 0 && assignment.origin != "--set";
    throw UserError(
        own_flag ? fmt::format("{}: {}", assignment.origin, error.what())
                 : fmt::format("{}: {}: {}", assignment.origin, assignment.key, error.what()));
  }
}

}  // namespace

Configuration::Configuration() : workload(&workload::workloads().front()) {
  methods = machine::usual_methods();
  const mmu::Core& core = *mmu::find_core("e500mc");
  machine.core = core.name;
  machine.mmu = core.parameters;
  machine.timing = core.timing;
  machine.kernel = *vm::find_kernel("3.8");
  machine.format = pte::find_format(64U);
}

std::uint64_t Configuration::seed() const {
  return std::get<std::uint64_t>(workload_value(*this, "seed"));
}

void Configuration::set_seed(std::uint64_t seed) { choices["seed"] = seed; }

Configuration configure(const std::vector<Assignment>& assignments) {
  Configuration configuration;
  for (unsigned turn = 0; turn < kTurns; ++turn) {
    for (const Assignment& assignment : assignments) {
      if (turn_of(assignment.key) == turn) {
        apply(configuration, assignment);
      }
    }
  }
  for (const Assignment& assignment : assignments) {
    if (!applies_to(assignment.key, *configuration.workload)) {
      std::vector<std::string_view> owners;
      for (const workload::Description* owner : workload::workloads_with(assignment.key)) {
        owners.push_back(owner->name);
      }
      throw UserError(fmt::format("{}: '{}' belongs to the workload {}, and this is {}",
                                  assignment.origin, assignment.key, fmt::join(owners, " or "),
                                  configuration.workload->name));
    }
  }
  return configuration;
}

workload::Plan plan_of(const Configuration& configuration, workload::StreamCache& streams) {
  const workload::Description& workload = *configuration.workload;
  return workload.prepare(workload::Values(workload, configuration.choices, streams));
}

std::unique_ptr<workload::Workload> make_workload(const workload::Plan& plan,
                                                  machine::Method method) {
  return plan.make(method != machine::Method::None);
}

}  // namespace tessera::cli
