#pragma once

#include "tb/unit/cli/command_line.hpp"

namespace tessera::cli {

/// Golden results in the test's folder: old.json of schema version 1, and r.json, which has every
/// section.
class GoldenResults : public CommandLine {
 protected:
  void SetUp() override {
    const std::filesystem::path golden = TESSERA_GOLDEN_RESULTS;
    std::filesystem::copy_file(golden / "version-1.json", folder_ / "old.json");
    std::filesystem::copy_file(golden / "every-section.json", folder_ / "r.json");
  }
};

}  // namespace tessera::cli
