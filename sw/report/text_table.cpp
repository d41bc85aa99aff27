#include "sw/report/text_table.hpp"

#include <algorithm>
#include <cstdint>
#include <sstream>
#include <utility>

#include <fmt/core.h>

namespace tessera::report {
namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) {
    lines.push_back(line);
  }
  return lines;
}

std::string line_of(const std::vector<std::string>& cells, const std::vector<std::size_t>& widths) {
  std::string line = fmt::format("{:<{}}", cells[0], widths[0]);
  for (std::size_t i = 1; i < cells.size(); ++i) {
    line += fmt::format("  {:>{}}", cells[i], widths[i]);
  }
  while (!line.empty() && line.back() == ' ') {
    line.pop_back();
  }
  return line + "\n";
}

}  // namespace

TextTable::TextTable(std::vector<std::string> headings) : headings_(std::move(headings)) {}

void TextTable::add_row(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }

std::vector<std::vector<std::string>> TextTable::heading_rows() const {
  std::size_t height = 0;
  for (const std::string& heading : headings_) {
    height = std::max(height, lines_of(heading).size());
  }
  std::vector<std::vector<std::string>> rows(height, std::vector<std::string>(headings_.size()));
  for (std::size_t column = 0; column < headings_.size(); ++column) {
    const std::vector<std::string> lines = lines_of(headings_[column]);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      rows[height - lines.size() + i][column] = lines[i];
    }
  }
  return rows;
}

std::string TextTable::text() const {
  const auto headings = heading_rows();
  std::vector<std::size_t> widths(headings_.size());
  for (const auto* part : {&headings, &rows_}) {
    for (const auto& row : *part) {
      for (std::size_t i = 0; i < row.size(); ++i) {
        widths[i] = std::max(widths[i], row[i].size());
      }
    }
  }
  std::string text;
  for (const auto& row : headings) {
    text += line_of(row, widths);
  }
  std::vector<std::string> rules;
  rules.reserve(widths.size());
  for (const std::size_t width : widths) {
    rules.emplace_back(width, '-');
  }
  text += line_of(rules, widths);
  for (const auto& row : rows_) {
    text += line_of(row, widths);
  }
  return text;
}

}  // namespace tessera::report
