#include "sw/cli/diff_command.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <vector>

#include <fmt/core.h>

#include "model/types/user_error.hpp"
#include "sw/cli/reproduction.hpp"
#include "sw/cli/suggestion.hpp"
#include "sw/report/difference.hpp"
#include "sw/report/document.hpp"

namespace tessera::cli {
namespace {

/// "2%", "2 %" or "2" as 0.02.
double share_of(const std::string& text) {
  std::string number = text.substr(0, text.find('%'));
  number.erase(number.find_last_not_of(' ') + 1);
  double percent = 0;
  const char* end = number.data() + number.size();
  const auto [stopped, error] = std::from_chars(number.data(), end, percent);
  const bool whole = text.find('%') == std::string::npos || text.find('%') + 1 == text.size();
  if (number.empty() || stopped != end || error != std::errc() || !whole ||
      !std::isfinite(percent) || percent < 0) {
    throw UserError(fmt::format("--fail-above: '{}' is no percentage, such as 2%", text));
  }
  return percent / 100;
}

std::vector<std::string> names_in_list(const std::string& list) {
  std::vector<std::string> names;
  for (std::size_t at = 0; at <= list.size();) {
    const std::size_t comma = std::min(list.find(',', at), list.size());
    names.push_back(list.substr(at, comma - at));
    at = comma + 1;
  }
  return names;
}

/// The figures that --of names. Throws UserError for one that the results have not.
std::vector<std::string> gated_figures(const std::string& list,
                                       const report::Difference& difference) {
  std::vector<std::string> names = names_in_list(list);
  for (const std::string& name : names) {
    const auto& known = difference.figures;
    if (!known.empty() && std::find(known.begin(), known.end(), name) == known.end()) {
      throw UserError(
          fmt::format("--of: the results have no figure '{}'{}", name, suggestion(name, known)));
    }
  }
  return names;
}

/// Prints what is above the limit; true when something is.
bool print_failures(const report::Difference& difference, const std::vector<std::string>& figures,
                    double limit) {
  bool failed = false;
  for (const report::Change& change : difference.changes) {
    if (std::find(figures.begin(), figures.end(), change.figure) != figures.end() &&
        change.rise() > limit) {
      fmt::print("Above {:g} %: {} of {}: {}\n", 100 * limit, change.figure, change.method,
                 report::rise_text(change));
      failed = true;
    }
  }
  for (const report::Oddity& oddity : difference.oddities) {
    if (oddity.worse) fmt::print("Not to be compared: {}\n", oddity.text);
    failed = failed || oddity.worse;
  }
  return failed;
}

}  // namespace

DiffCommand::DiffCommand(CLI::App& app)
    : command_(app.add_subcommand("diff", "Shows what changed from one result to another")) {
  command_->allow_extras();
  command_->add_option("BEFORE", before_, "What --json wrote; plain or zstd")
      ->type_name("FILE")
      ->required();
  command_->add_option("AFTER", after_, "The same, to be compared with it")
      ->type_name("FILE")
      ->required();
  command_
      ->add_option("--fail-above", fail_above_,
                   "Exit code 1 when a figure of --of rose by more than this, as 2%")
      ->type_name("PERCENT");
  command_->add_option("--of", of_, "Figures that --fail-above looks at, comma-separated")
      ->type_name("NAMES")
      ->capture_default_str();
}

ExitCode DiffCommand::run() const {
  const double limit = fail_above_.empty() ? INFINITY : share_of(fail_above_);
  if (fail_above_.empty() && command_->count("--of") != 0) {
    throw UserError("--of: says what --fail-above looks at; there is no --fail-above");
  }
  const report::ResultFile before = result_file(before_, report::read_document(before_));
  const report::ResultFile after = result_file(after_, report::read_document(after_));
  const report::Difference difference = report::difference_between(before, after);
  const std::vector<std::string> figures = gated_figures(of_, difference);
  fmt::print("{}", report::text_of(difference, before, after));
  if (fail_above_.empty()) return ExitCode::Success;
  return print_failures(difference, figures, limit) ? ExitCode::Mismatch : ExitCode::Success;
}

}  // namespace tessera::cli
