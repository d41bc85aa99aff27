// TextTable in the formats of documents.

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "sw/report/text_table.hpp"

namespace tessera::report {
namespace {

/// With the characters of `special` behind a backslash, and no line breaks.
std::string escaped(std::string_view text, std::string_view special) {
  std::string result;
  for (const char c : text) {
    if (special.find(c) != std::string_view::npos) result += '\\';
    result += c == '\n' ? ' ' : c;
  }
  return result;
}

std::string latex_cell(std::string_view text) {
  std::string result;
  for (const char c : text) {
    switch (c) {
      case '\\':
        result += "\\textbackslash{}";
        break;
      case '~':
        result += "\\textasciitilde{}";
        break;
      case '^':
        result += "\\textasciicircum{}";
        break;
      default:
        result += escaped(std::string_view(&c, 1), "&%$#_{}");
    }
  }
  return result;
}

template <class Cell>
std::string joined(const std::vector<std::string>& cells, std::string_view between, Cell cell) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    line += fmt::format("{}{}", i == 0 ? "" : between, cell(cells[i]));
  }
  return line;
}

/// "cycles/\naccess" is one word broken in two, "TLB\nrefills" are two.
std::string on_one_line(std::string heading) {
  for (std::size_t at = 0; (at = heading.find("/\n", at)) != std::string::npos;) {
    heading.erase(at + 1, 1);
  }
  std::replace(heading.begin(), heading.end(), '\n', ' ');
  return heading;
}

std::vector<std::string> on_one_line(const std::vector<std::string>& headings) {
  std::vector<std::string> lines;
  lines.reserve(headings.size());
  for (const std::string& heading : headings) {
    lines.push_back(on_one_line(heading));
  }
  return lines;
}

}  // namespace

std::string TextTable::markdown() const {
  const auto line = [](const std::vector<std::string>& cells) {
    const auto cell = [](const std::string& text) { return escaped(text, "\\|*_<`"); };
    return fmt::format("| {} |\n", joined(cells, " | ", cell));
  };
  std::string text = line(on_one_line(headings_)) + "|---|";
  for (std::size_t i = 1; i < headings_.size(); ++i) {
    text += "---:|";
  }
  text += "\n";
  for (const auto& row : rows_) {
    text += line(row);
  }
  return text;
}

std::string TextTable::latex() const {
  const auto line = [](const std::vector<std::string>& cells) {
    return fmt::format("  {} \\\\\n", joined(cells, " & ", latex_cell));
  };
  std::string text = fmt::format("\\begin{{tabular}}{{l{}}}\n  \\toprule\n",
                                 std::string(headings_.size() - 1, 'r'));
  text += line(on_one_line(headings_)) + "  \\midrule\n";
  for (const auto& row : rows_) {
    text += line(row);
  }
  return text + "  \\bottomrule\n\\end{tabular}\n";
}

}  // namespace tessera::report
