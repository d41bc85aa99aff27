#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sw/semantics/process.hpp"

namespace tessera::semantics {

/// One question about remap_file_pages.
struct Check {
  std::string_view name;                           ///< the recorded one; unique
  std::string_view story;                          ///< what is done and looked at, in one line
  std::string (*run)(Process& process) = nullptr;  ///< the outcome (outcome.hpp)
};

using Checks = std::vector<Check>;

/// All checks, in the order they were recorded in.
const Checks& all_checks();

/// The checks by topic.
Checks order_checks();
Checks persistence_checks();
Checks vma_change_checks();
Checks argument_checks();
Checks end_of_file_checks();
Checks mapping_checks();
Checks truncate_checks();
Checks lock_checks();
Checks offset_checks();

}  // namespace tessera::semantics
