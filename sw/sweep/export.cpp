#include "sw/sweep/export.hpp"

#include "sw/report/tables.hpp"

namespace tessera::sweep {
namespace {

template <class TextOf>
void append_line(std::string& csv, int columns, const TextOf& text_of) {
  for (int i = 0; i < columns; ++i) {
    if (i != 0) csv += ',';
    csv += report::csv_cell(text_of(i));
  }
  csv += "\n";
}

}  // namespace

std::string csv_of(Database& database) {
  Statement select(database.sqlite(), "SELECT * FROM result ORDER BY configuration, method, seed");
  const int columns = select.columns();
  std::string csv;
  append_line(csv, columns, [&](int i) { return select.name(i); });
  while (select.step()) {
    append_line(csv, columns, [&](int i) { return select.text(i); });
  }
  return csv;
}

}  // namespace tessera::sweep
