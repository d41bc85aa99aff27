#pragma once

#include <string>
#include <vector>

#include "model/types/grouped.hpp"

namespace tessera::report {

/// A table for the terminal: a heading of one or more lines, columns as wide as their widest
/// cell, the first column to the left and the others to the right.
class TextTable {
 public:
  /// One string a column; a line break in it starts the next heading line.
  explicit TextTable(std::vector<std::string> headings);

  /// One string a column.
  void add_row(std::vector<std::string> cells);

  /// For the terminal.
  std::string text() const;

  /// A table of GitHub's Markdown.
  std::string markdown() const;

  /// A LaTeX tabular, which wants package booktabs.
  std::string latex() const;

  const std::vector<std::string>& headings() const { return headings_; }
  const std::vector<std::vector<std::string>>& rows() const { return rows_; }

 private:
  std::vector<std::vector<std::string>> heading_rows() const;

  std::vector<std::string> headings_;
  std::vector<std::vector<std::string>> rows_;
};

using tessera::grouped;

}  // namespace tessera::report
