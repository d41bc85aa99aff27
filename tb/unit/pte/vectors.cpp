#include "tb/unit/pte/vectors.hpp"

#include <fstream>
#include <sstream>

#include "model/pte/shipped.hpp"

namespace tessera::pte {

namespace {

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells;
  std::istringstream stream(line);
  for (std::string cell; std::getline(stream, cell, ',');) cells.push_back(cell);
  return cells;
}

std::uint64_t number(const std::string& text) { return std::stoull(text, nullptr, 0); }

}  // namespace

std::vector<Vector> read_vectors() {
  std::ifstream file(TESSERA_PTE_VECTORS);
  std::vector<Vector> vectors;
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    const auto c = cells_of(line);
    vectors.push_back({c.at(0), static_cast<unsigned>(number(c.at(1))), number(c.at(2)),
                       number(c.at(3)), static_cast<unsigned>(number(c.at(4))), number(c.at(5)),
                       number(c.at(6)), number(c.at(7)), number(c.at(8)) != 0});
  }
  return vectors;
}

std::vector<Layout> shipped_layouts() {
  std::vector<Layout> layouts;
  for (const std::string& name : shipped_names()) layouts.push_back(shipped_layout(name));
  return layouts;
}

}  // namespace tessera::pte
