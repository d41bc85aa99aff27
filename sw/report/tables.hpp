#pragma once

#include <string>
#include <vector>

#include "sw/report/result_file.hpp"

namespace tessera::report {

/// A field of a comma-separated line (RFC 4180), in quotes where it needs them.
std::string csv_cell(const std::string& text);

/// Every figure of every run as it was counted, comma-separated (RFC 4180): a line a run, the first
/// one the names: file, method, error, cycles_per_access, cycles.*, counters.*; nothing between
/// the commas where a file has no such figure.
std::string csv_table(const std::vector<ResultFile>& files);

/// The tables that people read, in Markdown: for each file the comparison, cycles an access by
/// part, and the verdict. Throws UserError like report_of().
std::string markdown_tables(const std::vector<ResultFile>& files);

/// The same tables for a LaTeX document, for package booktabs.
std::string latex_tables(const std::vector<ResultFile>& files);

}  // namespace tessera::report
