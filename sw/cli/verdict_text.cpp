#include "sw/cli/verdict_text.hpp"

#include <fmt/core.h>

#include "sw/cli/interruption.hpp"

namespace tessera::cli {
namespace {

std::string counts(const replay::Verdict& verdict) {
  return fmt::format("{} operations, {} checks, {} mismatches", verdict.operations, verdict.checks,
                     verdict.mismatches);
}

}  // namespace

void print_verdict(const std::string& log, const replay::Verdict& verdict) {
  for (const std::string& report : verdict.reports) {
    fmt::print("{}\n", report);
  }
  if (verdict.mismatches > verdict.reports.size()) {
    fmt::print("{}: {} more mismatches\n", log, verdict.mismatches - verdict.reports.size());
  }
  fmt::print("{}: {}\n", log, counts(verdict));
}

ExitCode print_sum(const replay::Verdict& sum) {
  fmt::print("{}\n", counts(sum));
  if (interrupted()) {
    return ExitCode::Interrupted;
  }
  return sum.mismatches == 0 ? ExitCode::Success : ExitCode::Mismatch;
}

}  // namespace tessera::cli
