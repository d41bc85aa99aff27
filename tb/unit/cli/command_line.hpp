#pragma once

#include <algorithm>
#include <filesystem>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tb/unit/cli/shell.hpp"
#include "tb/unit/folder_test.hpp"

namespace tessera::cli {

/// The program itself in a folder of the test's own, with its output and its exit codes.
class CommandLine : public FolderTest {
 protected:
  /// One line on stderr that contains `what`, exit code 2, nothing on stdout, no file left.
  void expect_refusal(const std::string& arguments, const std::string& what) {
    SCOPED_TRACE(arguments);
    const auto files = std::distance(std::filesystem::directory_iterator(folder_),
                                     std::filesystem::directory_iterator());
    const Finished finished = tessera(arguments, folder_);
    EXPECT_EQ(finished.exit_code, 2);
    EXPECT_THAT(finished.err, ::testing::StartsWith("tessera: "));
    EXPECT_THAT(finished.err, ::testing::HasSubstr(what));
    EXPECT_EQ(std::count(finished.err.begin(), finished.err.end(), '\n'), 1) << finished.err;
    EXPECT_EQ(finished.out, "");
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_),
                            std::filesystem::directory_iterator()),
              files);
  }
};

}  // namespace tessera::cli
