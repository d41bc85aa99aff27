#include "sw/pte_rtl/resume_file.hpp"

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/types/fingerprint.hpp"
#include "model/types/user_error.hpp"
#include "tb/unit/pte_rtl/decoders.hpp"

namespace tessera::pte_rtl {

namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

std::string refusal(const ResumeFile& file) {
  try {
    file.words_done();
  } catch (const UserError& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST(PteRtlResume, ComesBackAsItWasSavedAndGoesWhenAllIsDone) {
  const TemporaryFolder folder;
  const std::string path = (folder.path() / "run").string();
  const ResumeFile file(path, 7);
  EXPECT_EQ(file.words_done(), 0U);
  file.save(123456789012);
  EXPECT_EQ(ResumeFile(path, 7).words_done(), 123456789012U);
  file.remove();
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(PteRtlResume, RefusesAnotherRunAndAnotherFile) {
  const TemporaryFolder folder;
  const std::string path = (folder.path() / "run").string();
  ResumeFile(path, 7).save(5);
  EXPECT_THAT(refusal(ResumeFile(path, 8)), HasSubstr("another decoder"));
  write_into(path, "something else\n");
  EXPECT_THAT(refusal(ResumeFile(path, 7)), StartsWith(path + ":1: "));
  EXPECT_EQ(text_in(path), "something else\n");
}

TEST(PteRtlResume, WithoutAPathNothingIsWritten) {
  const ResumeFile file("", 7);
  file.save(5);
  EXPECT_EQ(file.words_done(), 0U);
}

TEST(PteRtlResume, TheFingerprintIsFnv1a) {
  EXPECT_EQ(fingerprint("", kNoFingerprint), kNoFingerprint);
  EXPECT_EQ(fingerprint("a", kNoFingerprint), 0xaf63dc4c8601ec8cU);  // the authors' test vector
  EXPECT_NE(fingerprint("ab", kNoFingerprint), fingerprint("ba", kNoFingerprint));
}

}  // namespace tessera::pte_rtl
