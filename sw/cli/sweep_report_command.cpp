#include "sw/cli/sweep_report_command.hpp"

#include <fmt/core.h>

#include "model/types/user_error.hpp"
#include "sw/cli/output.hpp"
#include "sw/cli/suggestion.hpp"
#include "sw/report/atomic_file.hpp"
#include "sw/sweep/page.hpp"
#include "sw/sweep/tables.hpp"

namespace tessera::cli {

SweepReportCommand::SweepReportCommand(CLI::App& sweep)
    : command_(sweep.add_subcommand("report", "A page or tables of a sweep")) {
  command_->allow_extras();
  command_->add_option("FILE", database_, "The sweep's SQLite file")->type_name("FILE")->required();
  command_->add_option("-o,--output", output_, "Where to; default: the standard output")
      ->type_name("FILE");
  command_->add_option("--format", format_, "html, markdown")
      ->type_name("NAME")
      ->capture_default_str();
}

ExitCode SweepReportCommand::run() const {
  if (format_ != "html" && format_ != "markdown") {
    throw UserError(fmt::format("--format: there is no '{}'{}", format_,
                                suggestion(format_, {"html", "markdown"})));
  }
  if (!output_.empty()) report::check_writable(output_);
  sweep::Database database(database_);
  const sweep::Summary summary = sweep::summary_of(database);
  write_output(output_, format_ == "html" ? sweep::page_of(summary) : sweep::markdown_of(summary));
  return ExitCode::Success;
}

}  // namespace tessera::cli
