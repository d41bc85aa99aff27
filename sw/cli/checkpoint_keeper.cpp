#include "sw/cli/checkpoint_keeper.hpp"

#include <filesystem>
#include <utility>

#include <fmt/core.h>

#include "model/types/archive.hpp"
#include "model/types/user_error.hpp"
#include "sw/report/atomic_file.hpp"

namespace tessera::cli {

CheckpointKeeper::CheckpointKeeper(ComparisonOrder order, std::string configuration)
    : seconds_before_(0) {
  checkpoint_.order = std::move(order);
  checkpoint_.configuration = std::move(configuration);
}

CheckpointKeeper::CheckpointKeeper(Checkpoint checkpoint)
    : checkpoint_(std::move(checkpoint)), seconds_before_(checkpoint_.seconds) {}

void CheckpointKeeper::begin(machine::Run& run) {
  if (!keeps()) return;
  if (checkpoint_.run.empty()) return save(run);
  const std::string state = std::exchange(checkpoint_.run, {});
  try {
    Archive archive(state);
    run.state(archive);
    archive.finish();
  } catch (const ArchiveError& error) {
    throw UserError(fmt::format("{}: {}", path(), error.what()));
  }
}

void CheckpointKeeper::look_at(machine::Run& run) {
  if (keeps() && Clock::now() >= next_) save(run);
}

void CheckpointKeeper::save(machine::Run& run) {
  if (!keeps()) return;
  Archive archive;
  run.state(archive);
  Checkpoint checkpoint = checkpoint_;
  checkpoint.run = archive.take();
  checkpoint.seconds = seconds();
  report::write_file(path(), to_bytes(std::move(checkpoint)));
  next_ = Clock::now() + std::chrono::duration_cast<Clock::duration>(
                             std::chrono::duration<double>(checkpoint_.order.checkpoint_seconds));
}

void CheckpointKeeper::remove() const {
  if (!keeps()) return;
  std::error_code ignored;
  std::filesystem::remove(path(), ignored);
  std::filesystem::remove(path() + ".part", ignored);
}

double CheckpointKeeper::seconds() const {
  return seconds_before_ + std::chrono::duration<double>(Clock::now() - start_).count();
}

}  // namespace tessera::cli
