#include "sw/cli/markdown.hpp"

#include <fmt/format.h>

namespace tessera::cli {

std::string cell(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '|' || c == '*' || c == '_' || c == '\\') result += '\\';
    result += c == '<' ? "&lt;" : std::string(1, c);
  }
  return result;
}

std::string cell_by_workload(std::string_view text) {
  constexpr std::string_view kBetween = " | ";
  const std::size_t bar = text.find(kBetween);
  if (bar == std::string_view::npos) return cell(text);
  return cell(text.substr(0, bar)) + "<br>" + cell_by_workload(text.substr(bar + kBetween.size()));
}

std::string code(std::string_view text) { return text.empty() ? "" : fmt::format("`{}`", text); }

std::string table_head(const std::vector<std::string>& columns) {
  return table_row(columns) + table_row(std::vector<std::string>(columns.size(), "---"));
}

std::string table_row(const std::vector<std::string>& cells) {
  return fmt::format("| {} |\n", fmt::join(cells, " | "));
}

}  // namespace tessera::cli
