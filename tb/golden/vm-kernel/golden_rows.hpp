#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace tessera::golden {

/// One run of dbwin on a real kernel: its columns by name, as in the CSV's first line.
class GoldenRow {
 public:
  explicit GoldenRow(std::map<std::string, std::string> columns) : columns_(std::move(columns)) {}

  /// Throws std::out_of_range for a column that is not there, std::invalid_argument for text.
  std::uint64_t number(const std::string& column) const { return std::stoull(columns_.at(column)); }
  const std::string& text(const std::string& column) const { return columns_.at(column); }

  /// "W=4096 E=1 mmap touch 1": which row this is.
  std::string name() const;

 private:
  std::map<std::string, std::string> columns_;
};

/// All rows of a CSV file. Throws std::runtime_error when there are none.
std::vector<GoldenRow> read_golden_rows(const std::string& path);

}  // namespace tessera::golden
