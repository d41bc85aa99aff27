#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>

#include "sw/cli/parameter.hpp"

/// The pages of docs/reference, in markdown, made of the tables that the program itself goes by.
namespace tessera::cli {

struct ReferencePage {
  std::string_view name;     ///< of `tessera reference NAME` and docs/reference/NAME.md
  std::string_view subject;  ///< a few words
  /// The page; `root` is the program with all its commands.
  std::string (*text)(const CLI::App& root);
};

/// All pages.
const std::vector<ReferencePage>& reference_pages();

/// Every command with every option.
std::string commands_reference(const CLI::App& root);

/// Every parameter of --print-config.
std::string parameters_reference();

/// What the presets are: cores; kernels; methods, walkers, engines and file systems.
std::string cores_reference();
std::string kernels_reference();
std::string choices_reference();

/// Every number of the JSON that --json writes.
std::string result_reference();

/// The value of a parameter that nobody set; where workloads differ, by workload.
std::string default_text(const Parameter& parameter);

}  // namespace tessera::cli
