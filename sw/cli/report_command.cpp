#include "sw/cli/report_command.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>

#include <fmt/core.h>

#include "model/types/user_error.hpp"
#include "sw/cli/output.hpp"
#include "sw/cli/reproduction.hpp"
#include "sw/cli/suggestion.hpp"
#include "sw/report/atomic_file.hpp"
#include "sw/report/document.hpp"
#include "sw/report/html_page.hpp"
#include "sw/report/tables.hpp"

namespace tessera::cli {
namespace {

using Files = std::vector<report::ResultFile>;

struct ReportFormat {
  std::string_view name;
  std::string (*text_of)(const Files&);
};

constexpr std::array kReportFormats{
    ReportFormat{"html", report::html_page}, ReportFormat{"markdown", report::markdown_tables},
    ReportFormat{"latex", report::latex_tables}, ReportFormat{"csv", report::csv_table}};

const ReportFormat& format_of(const std::string& name) {
  std::vector<std::string> names;
  for (const ReportFormat& format : kReportFormats) {
    if (format.name == name) return format;
    names.emplace_back(format.name);
  }
  throw UserError(fmt::format("--format: there is no '{}'{}", name, suggestion(name, names)));
}

/// The names without folders, if these tell the files apart; else the paths.
std::vector<std::string> short_names(const std::vector<std::string>& paths) {
  std::vector<std::string> names;
  names.reserve(paths.size());
  for (const std::string& path : paths) {
    names.push_back(std::filesystem::path(path).filename().string());
  }
  std::vector<std::string> sorted = names;
  std::sort(sorted.begin(), sorted.end());
  return std::adjacent_find(sorted.begin(), sorted.end()) == sorted.end() ? names : paths;
}

}  // namespace

ReportCommand::ReportCommand(CLI::App& app)
    : command_(app.add_subcommand("report", "Makes a page or tables of results")) {
  command_->allow_extras();
  command_->add_option("RESULT", results_, "What --json wrote; plain or zstd")
      ->type_name("FILE")
      ->required();
  command_->add_option("-o,--output", output_path_, "Where to")
      ->default_str("the standard output")
      ->type_name("FILE");
  command_->add_option("--format", format_, "html, markdown, latex, csv")
      ->type_name("NAME")
      ->capture_default_str();
}

ExitCode ReportCommand::run() const {
  const ReportFormat& format = format_of(format_);
  if (!output_path_.empty()) report::check_writable(output_path_);
  const std::vector<std::string> names = short_names(results_);
  Files files;
  for (std::size_t i = 0; i < results_.size(); ++i) {
    files.push_back(result_file(names[i], report::read_document(results_[i])));
  }
  write_output(output_path_, format.text_of(files));
  return ExitCode::Success;
}

}  // namespace tessera::cli
