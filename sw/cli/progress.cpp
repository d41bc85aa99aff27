#include "sw/cli/progress.hpp"

#include <cstdio>

#include <fmt/core.h>
#include <unistd.h>

#include "sw/report/text_table.hpp"

namespace tessera::cli {

Progress::Progress(const char* unit, std::uint64_t begun)
    : unit_(unit),
      begun_(begun),
      terminal_(isatty(STDERR_FILENO) != 0),
      started_(Clock::now()),
      next_(started_ + std::chrono::seconds(1)) {}

void Progress::show(const std::string& label, std::uint64_t done, std::uint64_t total) {
  const Clock::time_point now = Clock::now();
  if (now < next_ || done == begun_) {
    return;
  }
  next_ = now + (terminal_ ? std::chrono::milliseconds(200) : std::chrono::milliseconds(5000));
  const double seconds = std::chrono::duration<double>(now - started_).count();
  const double rate = static_cast<double>(done - begun_) / seconds;
  const double left = static_cast<double>(total - done) / rate;
  fmt::print(stderr, "{}{}: {:.0f} %, {} {}/s, {:.0f} s left{}", terminal_ ? "\r\033[K" : "", label,
             100.0 * static_cast<double>(done) / static_cast<double>(total),
             report::grouped(static_cast<std::uint64_t>(rate)), unit_, left, terminal_ ? "" : "\n");
  std::fflush(stderr);
  shown_ = true;
}

void Progress::clear() const {
  if (shown_ && terminal_) {
    fmt::print(stderr, "\r\033[K");
    std::fflush(stderr);
  }
}

}  // namespace tessera::cli
