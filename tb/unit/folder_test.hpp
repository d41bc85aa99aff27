#pragma once

#include <filesystem>

#include <gtest/gtest.h>

#include "sw/report/temporary_folder.hpp"

namespace tessera {

/// A test with an empty folder of its own, which goes with it.
class FolderTest : public ::testing::Test {
 private:
  report::TemporaryFolder temporary_;

 protected:
  const std::filesystem::path folder_ = temporary_.path();
};

}  // namespace tessera
