#include "sw/cli/checkpoint_options.hpp"

#include <charconv>
#include <filesystem>

#include <fmt/core.h>

#include "model/types/user_error.hpp"
#include "sw/report/atomic_file.hpp"

namespace tessera::cli {
namespace {

constexpr const char* kDefaultFile = "tessera.checkpoint";
constexpr double kMostSeconds = 1e6;

}  // namespace

void CheckpointOptions::add_to(CLI::App& command) {
  command
      .add_option("--checkpoint-every", every_,
                  "Seconds between two checkpoints, from which `tessera resume` goes on; "
                  "engine transaction")
      ->type_name("SECONDS");
  command.add_option("--checkpoint", file_, "The file of the newest checkpoint")
      ->default_str(kDefaultFile)
      ->type_name("FILE");
}

double CheckpointOptions::seconds() const {
  double seconds = 0;
  const char* const end = every_.data() + every_.size();
  const auto [stopped, error] = std::from_chars(every_.data(), end, seconds);
  if (error != std::errc() || stopped != end || !(seconds > 0 && seconds <= kMostSeconds)) {
    throw UserError(
        fmt::format("--checkpoint-every: '{}' is no number of seconds above 0, up to {}", every_,
                    kMostSeconds));
  }
  return seconds;
}

void CheckpointOptions::check(const Configuration& configuration,
                              const Recordings& recordings) const {
  if (every_.empty()) {
    if (file_.empty()) return;
    throw UserError("--checkpoint: there is no --checkpoint-every SECONDS that says when");
  }
  ComparisonOrder order;
  complete(order);
  if (configuration.machine.engine != "transaction") {
    throw UserError(fmt::format("--checkpoint-every: engine {} has no checkpoints; transaction has",
                                configuration.machine.engine));
  }
  if (const std::string flag = recordings.wanted(); !flag.empty()) {
    throw UserError(
        fmt::format("--checkpoint-every: what {} records cannot be gone on with", flag));
  }
  const std::string& path = order.checkpoint_path;
  report::check_writable(path);
  if (std::filesystem::exists(path)) {
    throw UserError(fmt::format(
        "{} is there already: 'tessera resume {}' goes on with it, or delete it to begin anew",
        path, path));
  }
}

void CheckpointOptions::complete(ComparisonOrder& order) const {
  if (every_.empty()) return;
  order.checkpoint_seconds = seconds();
  order.checkpoint_path = file_.empty() ? kDefaultFile : file_;
}

}  // namespace tessera::cli
