#include "sw/report/atomic_file.hpp"

#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

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

  static bool refuses(const std::string& path) {
    try {
      check_writable(path);
      return false;
    } catch (const UserError&) {
      return true;
    }
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

TEST_F(AtomicFile, ReplacesWhatALinkNamesAndKeepsTheLink) {
  write_file(at("x.json"), "first");
  fs::create_directory(folder_ / "links");
  const fs::path link = folder_ / "links/x.json";
  fs::create_symlink("../x.json", link);
  write_file(link.string(), "second");
  EXPECT_TRUE(fs::is_symlink(link));
  EXPECT_EQ(contents_of(at("x.json")), "second");
  EXPECT_EQ(files(), 2);
}

// A device renamed over would be gone for everybody.
TEST_F(AtomicFile, WritesIntoWhatIsNoFileOfADisk) {
  ASSERT_EQ(mkfifo(at("pipe").c_str(), 0600), 0);
  const int reader = open(at("pipe").c_str(), O_RDONLY | O_NONBLOCK);
  write_file(at("pipe"), "text");
  std::array<char, 8> got{};
  EXPECT_EQ(read(reader, got.data(), got.size()), 4);
  EXPECT_EQ(std::string(got.data()), "text");
  close(reader);
  EXPECT_TRUE(fs::is_fifo(folder_ / "pipe"));
  write_file("/dev/null", "text");
  EXPECT_TRUE(fs::is_character_file("/dev/null"));
  EXPECT_EQ(files(), 1);
}

TEST_F(AtomicFile, RefusesBeforeALongRunAFolderThatCannotBeWrittenTo) {
  fs::permissions(folder_, fs::perms::owner_read | fs::perms::owner_exec);
  const bool root_may = access(folder_.c_str(), W_OK) == 0;
  EXPECT_EQ(refuses(at("x.json")), !root_may);
  fs::permissions(folder_, fs::perms::owner_all);
  EXPECT_FALSE(refuses(at("x.json")));
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
