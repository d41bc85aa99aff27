#include "sw/report/html_page.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "sw/report/comparison.hpp"
#include "sw/report/document.hpp"
#include "sw/report/long_series.hpp"
#include "sw/report/page_template.hpp"

namespace tessera::report {
namespace {

using nlohmann::ordered_json;

/// The verdict's sentences; one that goes on in an indented line is one.
ordered_json sentences(const std::string& verdict) {
  ordered_json lines = ordered_json::array();
  std::size_t at = 0;
  while (at < verdict.size()) {
    const std::size_t end = std::min(verdict.find('\n', at), verdict.size());
    const std::string line = verdict.substr(at, end - at);
    const std::size_t text = line.find_first_not_of(' ');
    if (text != 0 && text != std::string::npos && !lines.empty()) {
      lines.back() = lines.back().get<std::string>() + " " + line.substr(text);
    } else {
      lines.push_back(line);
    }
    at = end + 1;
  }
  return lines;
}

ordered_json configuration_of(const ResultFile& file) {
  ordered_json rows = ordered_json::array();
  for (const auto& [key, value] : file.document["config"].items()) {
    rows.push_back({key, value_text(value), file.meanings.value(key, "")});
  }
  return rows;
}

ordered_json data_of(const ResultFile& file) {
  const Report report = report_of(file.document, file.name);
  const TextTable table = comparison(report.results);
  const std::vector<std::string> ranked = ranked_methods(report.results);
  const Subject subject = subject_of(file.document);
  ordered_json data;
  data["name"] = file.name;
  data["title"] = subject.title;
  data["chips"] = subject.chips;
  data["answer"] = sentences(verdict(report.results));
  data["ranking"] = ranked;
  data["winner"] = ranked.empty() ? "" : ranked.front();
  data["table"] = {{"headings", table.headings()}, {"rows", table.rows()}};
  data["command"] = file.command;
  data["configuration"] = configuration_of(file);
  data["results"] = without_long_series(file.document["results"]);
  return data;
}

ordered_json words_of_parts() {
  ordered_json words;
  for (std::size_t i = 0; i < machine::kParts; ++i) {
    const auto part = static_cast<machine::Part>(i);
    words[machine::name_of(part)] = words_for(part);
  }
  return words;
}

ordered_json differences_of(const std::vector<ResultFile>& files) {
  ordered_json headings{"parameter"};
  for (const ResultFile& file : files) {
    headings.push_back(file.name);
  }
  return {{"headings", headings}, {"rows", differing_parameters(files)}};
}

std::string title_of(const std::vector<ResultFile>& files) {
  return files.size() == 1 ? subject_of(files.front().document).title
                           : fmt::format("{} results", files.size());
}

/// What the terminal would show.
std::string plain_text(const std::vector<ResultFile>& files) {
  std::string text;
  for (const ResultFile& file : files) {
    const Report report = report_of(file.document, file.name);
    text += fmt::format("{}: {}\n\n{}\n{}\n", file.name, subject_of(file.document).title,
                        comparison_table(report.results), verdict(report.results));
  }
  return text;
}

}  // namespace

std::string html_page(const std::vector<ResultFile>& files) {
  ordered_json data;
  const std::string title = title_of(files);
  data["title"] = title;
  data["parts"] = words_of_parts();
  data["states"] = state_counters();
  data["files"] = ordered_json::array();
  for (const ResultFile& file : files) {
    data["files"].push_back(data_of(file));
  }
  data["differences"] = differences_of(files);
  return filled_page(Page::Results, title, plain_text(files), data);
}

}  // namespace tessera::report
