#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "sw/report/report.hpp"

namespace tessera::report {

/// The JSON document of this report (docs/schema). Same report, same bytes.
nlohmann::ordered_json to_json(const Report& report);

/// The JSON Schema of the documents that this program writes: docs/schema, the newest.
nlohmann::ordered_json result_schema();

/// A document as it is written to files.
std::string text_of(const nlohmann::ordered_json& document);

/// The document that this text is, as the present version would have written it. `name` is what
/// messages call the text. Throws UserError when it is no JSON, no result of tessera, of a newer
/// version, or not as its version's schema says.
nlohmann::ordered_json parse_document(std::string_view text, const std::string& name);

/// The same for a file, plain or zstd; UserError also when it cannot be read.
nlohmann::ordered_json read_document(const std::string& path);

/// The report that a document of the present version holds, as far as this program knows its
/// counters; `name` is what messages call it. Throws UserError for a method that it does not know.
Report report_of(const nlohmann::ordered_json& document, const std::string& name);

}  // namespace tessera::report
