#include "sw/cli/reference_command.hpp"

#include <algorithm>
#include <vector>

#include <fmt/core.h>

#include "model/types/user_error.hpp"
#include "sw/cli/reference_pages.hpp"
#include "sw/cli/suggestion.hpp"

namespace tessera::cli {

ReferenceCommand::ReferenceCommand(CLI::App& app)
    : root_(app),
      command_(app.add_subcommand("reference", "Prints a page of docs/reference, or lists them")) {
  command_->allow_extras();
  command_->add_option("PAGE", page_, "Which page; without it they are listed")->type_name("NAME");
}

ExitCode ReferenceCommand::run() const {
  std::vector<std::string> names;
  for (const ReferencePage& page : reference_pages()) {
    if (page.name == page_) {
      fmt::print("{}", page.text(root_));
      return ExitCode::Success;
    }
    if (page_.empty()) fmt::print("{:<10}  {}\n", page.name, page.subject);
    names.emplace_back(page.name);
  }
  if (page_.empty()) return ExitCode::Success;
  throw UserError(fmt::format("reference: there is no '{}'{}", page_, suggestion(page_, names)));
}

}  // namespace tessera::cli
