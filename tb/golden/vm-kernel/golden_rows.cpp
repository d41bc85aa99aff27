#include "tb/golden/vm-kernel/golden_rows.hpp"

#include <fstream>
#include <sstream>
#include <stdexcept>

namespace tessera::golden {
namespace {

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells;
  std::istringstream stream(line);
  for (std::string cell; std::getline(stream, cell, ',');) {
    cells.push_back(cell);
  }
  return cells;
}

}  // namespace

std::string GoldenRow::name() const {
  return "W=" + text("W") + " E=" + text("elem") + " " + text("method") + " touch " + text("touch");
}

std::vector<GoldenRow> read_golden_rows(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  const std::vector<std::string> heading = cells_of(line);
  std::vector<GoldenRow> rows;
  while (std::getline(file, line)) {
    const std::vector<std::string> cells = cells_of(line);
    std::map<std::string, std::string> columns;
    for (std::size_t i = 0; i < heading.size(); ++i) {
      columns[heading[i]] = cells.at(i);
    }
    rows.emplace_back(std::move(columns));
  }
  if (rows.empty()) {
    throw std::runtime_error(path + ": no golden row");
  }
  return rows;
}

}  // namespace tessera::golden
