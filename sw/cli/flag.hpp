#pragma once

#include <string>
#include <vector>

namespace tessera::cli {

/// What --help calls the options that set a parameter.
inline constexpr const char* kParameterGroup = "Parameters";

/// The parameters of `compare` that have a flag of their own, in the order of --help; all others
/// want --set.
const std::vector<std::string>& keys_with_flags();

/// True when the parameter has a flag of its own.
bool has_flag(const std::string& key);

/// That flag: "--file-cache" of "vm.file_cache".
std::string flag_of(const std::string& key);

}  // namespace tessera::cli
