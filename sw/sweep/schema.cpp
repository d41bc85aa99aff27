#include "sw/sweep/schema.hpp"

#include <fmt/core.h>

namespace tessera::sweep {
namespace {

constexpr const char* kTables = R"sql(
CREATE TABLE sweep (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE configuration (
  id         INTEGER PRIMARY KEY,
  point      TEXT NOT NULL,
  parameters TEXT
);

CREATE TABLE run (
  key           TEXT PRIMARY KEY,
  configuration INTEGER NOT NULL REFERENCES configuration,
  method        TEXT NOT NULL,
  seed          INTEGER NOT NULL,
  state         TEXT NOT NULL CHECK (state IN ('missing', 'done', 'refused', 'crashed')),
  error         TEXT,
  attempts      INTEGER NOT NULL DEFAULT 0,
  seconds       REAL
) WITHOUT ROWID;

CREATE TABLE value (
  run   TEXT NOT NULL REFERENCES run,
  name  TEXT NOT NULL,
  value NUMERIC NOT NULL,
  PRIMARY KEY (run, name)
) WITHOUT ROWID;
)sql";

std::string doubled(const std::string& text, char quote) {
  std::string result(1, quote);
  for (const char c : text) {
    result.append(c == quote ? 2 : 1, c);
  }
  return result + quote;
}

}  // namespace

std::string quoted_name(const std::string& text) { return doubled(text, '"'); }
std::string quoted_text(const std::string& text) { return doubled(text, '\''); }

std::string schema_sql(const std::vector<std::string>& axes,
                       const std::vector<std::string>& values) {
  std::string view = "CREATE VIEW result AS SELECT r.configuration";
  for (const std::string& axis : axes) {
    view += fmt::format(",\n  json_extract(c.point, {}) AS {}",
                        quoted_text(fmt::format("$.\"{}\"", axis)), quoted_name(axis));
  }
  view += ",\n  r.method, r.seed, r.state, r.error, r.attempts, r.seconds";
  for (const std::string& name : values) {
    view += fmt::format(",\n  MAX(CASE v.name WHEN {} THEN v.value END) AS {}", quoted_text(name),
                        quoted_name(name));
  }
  view +=
      "\nFROM run r JOIN configuration c ON c.id = r.configuration LEFT JOIN value v ON v.run = "
      "r.key\nGROUP BY r.key;\n";
  return kTables + view;
}

}  // namespace tessera::sweep
