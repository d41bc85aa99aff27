#include "sw/report/atomic_file.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/types/user_error.hpp"
#include "tb/unit/folder_test.hpp"

namespace tessera::report {
namespace {

namespace fs = std::filesystem;

class AtomicFile : public FolderTest {
 protected:
  std::string at(const char* name) const { return (folder_ / name).string(); }

  static std::string contents_of(const std::string& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  std::ptrdiff_t files() const {
    return std::distance(fs::directory_iterator(folder_), fs::directory_iterator());
  }
};

TEST_F(AtomicFile, ReplacesAFileWhole) {
  write_file(at("x.json"), "first");
  write_file(at("x.json"), "second");
  EXPECT_EQ(contents_of(at("x.json")), "second");
  EXPECT_EQ(files(), 1);
}

TEST_F(AtomicFile, RefusesAFolderThatIsNotThere) {
  EXPECT_THROW(check_writable(at("no/x.json")), UserError);
  EXPECT_THROW(write_file(at("no/x.json"), "text"), UserError);
  EXPECT_EQ(files(), 0);
}

TEST_F(AtomicFile, RefusesAFolderInPlaceOfAFile) {
  EXPECT_THROW(check_writable(folder_.string()), UserError);
}

TEST_F(AtomicFile, SaysThatADiskIsFullAndKeepsNothing) {
  if (!fs::exists("/dev/full")) {
    GTEST_SUCCEED() << "this system has no /dev/full";
    return;
  }
  const fs::path link = folder_ / "x.json.part";
  fs::create_symlink("/dev/full", link);
  try {
    write_file(at("x.json"), std::string(1U << 20, 'x'));
    FAIL();
  } catch (const UserError& error) {
    EXPECT_THAT(error.what(), ::testing::HasSubstr("No space left on device"));
  }
  EXPECT_TRUE(fs::is_empty(folder_));
}

}  // namespace
}  // namespace tessera::report
