#include "sw/cli/sweep_export_command.hpp"

#include "sw/report/atomic_file.hpp"
#include "sw/sweep/export.hpp"

namespace tessera::cli {

SweepExportCommand::SweepExportCommand(CLI::App& sweep)
    : command_(sweep.add_subcommand("export", "The rows of a sweep, a line a run")) {
  command_->allow_extras();
  command_->add_option("FILE", database_, "The sweep's SQLite file")->type_name("FILE")->required();
  command_->add_option("--csv", csv_, "Where to")->type_name("FILE")->required();
}

ExitCode SweepExportCommand::run() const {
  report::check_writable(csv_);
  sweep::Database database(database_);
  report::write_file(csv_, sweep::csv_of(database));
  return ExitCode::Success;
}

}  // namespace tessera::cli
