#include "sw/cli/workloads_command.hpp"

#include <vector>

#include <fmt/core.h>

#include "model/types/user_error.hpp"
#include "sw/cli/suggestion.hpp"
#include "sw/cli/workload_text.hpp"
#include "sw/workload/registry.hpp"

namespace tessera::cli {
namespace {

using workload::Description;

const Description& workload_named(const std::string& name) {
  if (const Description* workload = workload::find_workload(name)) return *workload;
  std::vector<std::string> names;
  for (const Description& workload : workload::workloads()) {
    names.push_back(workload.name);
  }
  throw UserError(fmt::format("workloads: there is no '{}'{}", name, suggestion(name, names)));
}

}  // namespace

WorkloadsCommand::WorkloadsCommand(CLI::App& app)
    : command_(app.add_subcommand("workloads", "Lists where accesses can come from")) {
  command_->allow_extras();
  command_->add_option("NAME", name_, "Shows this workload's parameters")->type_name("NAME");
  command_->add_flag("--markdown", markdown_, "Prints docs/workloads.md");
}

ExitCode WorkloadsCommand::run() const {
  if (markdown_ && !name_.empty()) {
    throw UserError("workloads: --markdown is a page of all workloads; leave out the name");
  }
  fmt::print("{}", markdown_       ? workloads_page()
                   : name_.empty() ? workloads_overview()
                                   : workload_details(workload_named(name_)));
  return ExitCode::Success;
}

}  // namespace tessera::cli
