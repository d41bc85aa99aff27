#include "sw/report/tables.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "sw/report/comparison.hpp"
#include "sw/report/document.hpp"

namespace tessera::report {
namespace {

using nlohmann::ordered_json;

/// The names that any run of any file has in this member, in order of first appearance.
std::vector<std::string> names_in(const std::vector<ResultFile>& files, const char* member) {
  std::vector<std::string> names;
  for (const ResultFile& file : files) {
    for (const ordered_json& run : file.document["results"]) {
      for (const auto& [name, value] : run[member].items()) {
        if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
      }
    }
  }
  return names;
}

std::string csv_figure(const ordered_json& run, const char* member, const std::string& name) {
  const auto found = run[member].find(name);
  return "," + (found == run[member].end() ? "" : found->dump());
}

double cost_of(const ordered_json& run) {
  const double accesses = run["counters"]["accesses"].get<double>();
  return accesses == 0 ? 0 : run["cycles"]["total"].get<double>() / accesses;
}

/// One line that LaTeX skips.
std::string latex_comment(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  return "% " + text + "\n";
}

}  // namespace

std::string csv_cell(const std::string& text) {
  if (text.find_first_of(",\"\n\r") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) {
    quoted += c;
    if (c == '"') quoted += '"';
  }
  return quoted + "\"";
}

std::string csv_table(const std::vector<ResultFile>& files) {
  const auto parts = names_in(files, "cycles");
  const auto counters = names_in(files, "counters");
  std::string text = "file,method,error,cycles_per_access";
  for (const std::string& part : parts) {
    text += "," + csv_cell("cycles." + part);
  }
  for (const std::string& counter : counters) {
    text += "," + csv_cell("counters." + counter);
  }
  for (const ResultFile& file : files) {
    for (const ordered_json& run : file.document["results"]) {
      text += fmt::format(
          "\n{},{},{},{:.3f}", csv_cell(file.name), csv_cell(value_text(run["method"])),
          run["error"].is_null() ? "" : csv_cell(value_text(run["error"])), cost_of(run));
      for (const std::string& part : parts) {
        text += csv_figure(run, "cycles", part);
      }
      for (const std::string& counter : counters) {
        text += csv_figure(run, "counters", counter);
      }
    }
  }
  return text + "\n";
}

std::string markdown_tables(const std::vector<ResultFile>& files) {
  std::string text;
  for (const ResultFile& file : files) {
    const Report report = report_of(file.document, file.name);
    text += fmt::format("{}{}\n\n{}\n{}\n```\n{}```\n", text.empty() ? "" : "\n",
                        subject_of(file.document).title, comparison(report.results).markdown(),
                        cycle_table(report.results).markdown(), verdict(report.results));
  }
  return text;
}

std::string latex_tables(const std::vector<ResultFile>& files) {
  std::string text = "% \\usepackage{booktabs}\n";
  for (const ResultFile& file : files) {
    const Report report = report_of(file.document, file.name);
    text += latex_comment(fmt::format("{}: {}", file.name, subject_of(file.document).title));
    text += comparison(report.results).latex() + "\n" + cycle_table(report.results).latex();
  }
  return text;
}

}  // namespace tessera::report
