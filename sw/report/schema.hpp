#pragma once

#include <string>

#include <nlohmann/json.hpp>

namespace tessera::report {

/// What of `document` is not as `schema` says, in one line that begins with where
/// ("results[0].cycles.total: has to be of type integer"); empty when all of it is. The schema
/// is a JSON Schema of which these words are understood: $ref into $defs, type, const, enum,
/// minimum, required, properties, additionalProperties, items, minItems, maxItems. Throws
/// std::logic_error for any other word.
std::string schema_violation(const nlohmann::ordered_json& document,
                             const nlohmann::ordered_json& schema);

}  // namespace tessera::report
