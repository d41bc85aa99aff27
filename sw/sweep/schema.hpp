#pragma once

#include <string>
#include <vector>

namespace tessera::sweep {

inline constexpr const char* kSweepSchema = "tessera-sweep";
// Rises when a table or a column comes, goes, or changes its name or meaning.
inline constexpr const char* kSweepSchemaVersion = "1";

/// The statements that make the tables and views of a sweep's file (docs/sweeps.md). View `result`
/// has a column for each of these swept parameters and values.
std::string schema_sql(const std::vector<std::string>& axes,
                       const std::vector<std::string>& values);

/// An SQL identifier of any text.
std::string quoted_name(const std::string& text);

/// An SQL string of any text.
std::string quoted_text(const std::string& text);

}  // namespace tessera::sweep
