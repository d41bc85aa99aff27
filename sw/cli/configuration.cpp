#include "sw/cli/configuration.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "model/types/user_error.hpp"
#include "sw/cli/parameter.hpp"
#include "sw/cli/parameter_lists.hpp"
#include "sw/workload/dbwin.hpp"
#include "sw/workload/reverse.hpp"
#include "sw/workload/window.hpp"

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

Configuration::Configuration() {
  methods = machine::usual_methods();
  const mmu::Core& core = *mmu::find_core("e500mc");
  machine.core = core.name;
  machine.mmu = core.parameters;
  machine.timing = core.timing;
  machine.kernel = *vm::find_kernel("3.8");
  machine.format = pte::find_format(64U);
}

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
    if (!applies_to(assignment.key, configuration.workload)) {
      std::vector<std::string_view> owners;
      for (const WorkloadKind kind : workloads_of(assignment.key)) {
        owners.push_back(name_of(kind));
      }
      throw UserError(fmt::format("{}: '{}' belongs to the workload {}, and this is {}",
                                  assignment.origin, assignment.key, fmt::join(owners, " or "),
                                  name_of(configuration.workload)));
    }
  }
  return configuration;
}

std::unique_ptr<workload::Workload> make_workload(const Configuration& c,
                                                  const workload::BlockStream& stream,
                                                  machine::Method method) {
  const bool remapped = method != machine::Method::None;
  if (c.workload == WorkloadKind::Window) {
    workload::WindowParameters p;
    p.window_pages = c.window_pages;
    p.element_pages = c.element_pages;
    p.file_pages = c.file_pages;
    p.accesses = c.accesses;
    p.passes = c.passes;
    p.seed = c.seed;
    p.remapped = remapped;
    return std::make_unique<workload::Window>(p, stream);
  }
  if (c.workload == WorkloadKind::Reverse) {
    return std::make_unique<workload::Reverse>(
        workload::ReverseParameters{c.window_pages, c.passes, remapped});
  }
  workload::DbwinParameters p;
  p.window_pages = c.window_pages;
  if (c.element_pages.value() != 0) {
    p.element_pages = c.element_pages;
  }
  if (c.file_pages.value() != 0) {
    p.file_pages = c.file_pages;
  }
  p.remaps = c.remaps;
  p.touch = c.touch;
  p.seed = c.seed;
  p.remapped = remapped;
  return std::make_unique<workload::Dbwin>(p);
}

}  // namespace tessera::cli
