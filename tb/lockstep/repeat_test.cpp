// The second run, of which one looks at the waves.

#include "tb/lockstep/repeat.hpp"

#include <filesystem>

#include <gtest/gtest.h>

namespace tessera::lockstep {
namespace {

TEST(RepeatWithWaves, LeavesTheRtlsAndTheModelsWaveOfEachSubject) {
  const std::filesystem::path before = std::filesystem::current_path();
  const std::filesystem::path folder =
      std::filesystem::temp_directory_path() / "tessera-lockstep-waves";
  std::filesystem::create_directories(folder);
  std::filesystem::current_path(folder);
  for (const Subject& subject : subjects()) {
    const std::string stem = "lockstep-" + subject.name + "-3";
    const std::string text = repeat_with_waves(subject, 3, 6000);
    EXPECT_NE(text.find(stem + ".fst"), std::string::npos) << text;
    EXPECT_GT(std::filesystem::file_size(stem + ".fst"), 10000U);
    EXPECT_GT(std::filesystem::file_size(stem + ".vcd"), 10000U);
  }
  std::filesystem::current_path(before);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace tessera::lockstep
