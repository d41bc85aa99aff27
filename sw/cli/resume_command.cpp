#include "sw/cli/resume_command.hpp"

#include <utility>

#include <fmt/core.h>

#include "model/types/user_error.hpp"
#include "sw/cli/compare_command.hpp"
#include "sw/cli/parameter.hpp"
#include "sw/report/atomic_file.hpp"

namespace tessera::cli {

ResumeCommand::ResumeCommand(CLI::App& app)
    : command_(app.add_subcommand("resume",
                                  "Goes on with a comparison where its last checkpoint was made")) {
  command_->allow_extras();
  command_->add_option("checkpoint", path_, "The file that --checkpoint-every wrote")
      ->type_name("FILE")
      ->required();
}

ExitCode ResumeCommand::run() const {
  Checkpoint checkpoint = read_checkpoint(path_);
  checkpoint.order.checkpoint_path = path_;
  report::check_writable(path_);
  const ComparisonOrder order = checkpoint.order;
  const Configuration configuration = configure(order.assignments);
  const bool fits = checkpoint.configuration == values_of(configuration).dump() &&
                    checkpoint.finished.size() < configuration.methods.size();
  if (!fits) throw UserError(fmt::format("{}: a checkpoint of other parameters", path_));
  return run_comparison(order, configuration, Recordings(),
                        CheckpointKeeper(std::move(checkpoint)));
}

}  // namespace tessera::cli
