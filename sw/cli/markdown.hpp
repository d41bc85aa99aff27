#pragma once

#include <string>
#include <string_view>
#include <vector>

/// Markdown as GitHub and Python-Markdown both read it.
namespace tessera::cli {

/// Words in a cell of a table, nothing of them markup.
std::string cell(std::string_view text);

/// The same for texts by workload, "this | that": a line each.
std::string cell_by_workload(std::string_view text);

/// `text`; nothing for an empty one.
std::string code(std::string_view text);

/// The head of a table with these columns, and one row of it; the cells are as they are.
std::string table_head(const std::vector<std::string>& columns);
std::string table_row(const std::vector<std::string>& cells);

}  // namespace tessera::cli
