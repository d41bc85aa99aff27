#include "sw/cli/check_command.hpp"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include "model/types/user_error.hpp"
#include "sw/report/text_table.hpp"
#include "sw/semantics/check.hpp"
#include "sw/semantics/comparison.hpp"

namespace tessera::cli {
namespace {

using semantics::Comparison;
using semantics::Row;
using semantics::Subject;

constexpr std::size_t kCellWidth = 34;  // a list of 32 VMAs would not fit anyone's terminal

std::string cell(const std::string& outcome) {
  if (outcome.empty()) return "-";
  return outcome.size() <= kCellWidth ? outcome : outcome.substr(0, kCellWidth - 3) + "...";
}

std::string agreement(const Row& row) {
  if (!row.is_recorded()) return "-";
  return row.agrees() ? "yes" : "NO";
}

std::string table_of(const Comparison& comparison) {
  const std::string recorded = comparison.source.empty() ? "none" : comparison.source;
  report::TextTable table({"check", "this kernel", "recorded:\n" + recorded, "equal"});
  for (const Row& row : comparison.rows) {
    table.add_row({std::string(row.name), cell(row.outcome), cell(row.recorded), agreement(row)});
  }
  return table.text();
}

// In full, what the table had no room for.
void print_disagreements(const Comparison& comparison) {
  for (const Row& row : comparison.rows) {
    if (row.is_recorded() && !row.agrees()) {
      fmt::print("\n{}: {}\n  this kernel: {}\n  recorded:    {}\n", row.name, row.story,
                 row.outcome, row.recorded);
    }
  }
}

void print_unchecked(const Comparison& comparison) {
  if (!comparison.without_check.empty()) {
    fmt::print("\nRecorded, but not checked: {}\n", fmt::join(comparison.without_check, ", "));
  }
}

void print_stories() {
  for (const semantics::Check& check : semantics::all_checks()) {
    fmt::print("{}: {}\n", check.name, check.story);
  }
}

template <typename Found>
const Found& found_or_refuse(const Found* found, std::string_view what, std::string_view name,
                             const std::vector<std::string_view>& known) {
  if (found == nullptr) {
    throw UserError(fmt::format("no {} '{}'; there is {}", what, name, fmt::join(known, ", ")));
  }
  return *found;
}

}  // namespace

CheckSemanticsCommand::CheckSemanticsCommand(CLI::App& app) {
  CLI::App* check = app.add_subcommand("check", "Puts questions to a kernel");
  check->allow_extras();
  command_ = check->add_subcommand(
      "semantics", "What remap_file_pages means, beside what real kernels answered");
  command_->allow_extras();
  command_->add_option("--kernel", kernel_, "Kernel that is asked")
      ->type_name("NAME")
      ->capture_default_str();
  command_->add_option("--pte", format_, "PTE format")
      ->default_str("the kernel's")
      ->type_name("NAME");
  command_->add_option("--fs", file_system_, "File system of the mapped file")
      ->type_name("NAME")
      ->capture_default_str();
  command_->add_flag("--stories", stories_, "Prints what each check does, and stops");
}

Subject CheckSemanticsCommand::subject() const {
  Subject subject;
  subject.kernel = found_or_refuse(vm::find_kernel(kernel_), "kernel", kernel_, vm::kernel_names());
  const std::string format =
      format_.empty() ? std::string(semantics::usual_format(subject.kernel)) : format_;
  subject.format =
      &found_or_refuse(pte::find_format(format), "PTE format", format, pte::format_names());
  if (!vm::can_use(subject.kernel, *subject.format)) {
    throw UserError(fmt::format("--pte {}: it has no file PTEs, which kernel {} writes",
                                subject.format->name, subject.kernel.name));
  }
  subject.file_system = &found_or_refuse(vm::find_file_system(file_system_), "file system",
                                         file_system_, vm::file_system_names());
  return subject;
}

ExitCode CheckSemanticsCommand::run() const {
  if (stories_) {
    print_stories();
    return ExitCode::Success;
  }
  const Subject asked = subject();
  const Comparison comparison = semantics::compare(asked);
  fmt::print("remap_file_pages on Linux {}, {} PTEs, {}\n\n{}", asked.kernel.name,
             asked.format->name, asked.file_system->name, table_of(comparison));
  print_disagreements(comparison);
  print_unchecked(comparison);
  fmt::print("\n{} checks, {} compared with the recording, {} disagreements\n",
             comparison.rows.size(), comparison.compared(), comparison.disagreements());
  return comparison.disagreements() == 0 ? ExitCode::Success : ExitCode::Mismatch;
}

}  // namespace tessera::cli
