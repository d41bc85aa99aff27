#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "sw/report/result_file.hpp"

namespace tessera::cli {

/// The shortest `tessera compare` whose parameters are these (values_of), quoted for a shell; empty
/// if there is none: a key or value that this program does not know.
std::string command_for(const nlohmann::ordered_json& config);

/// A result with what this program knows of its parameters.
report::ResultFile result_file(std::string name, nlohmann::ordered_json document);

}  // namespace tessera::cli
