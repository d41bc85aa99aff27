#include "sw/semantics/recorded.hpp"

#include <gtest/gtest.h>

#include "tb/unit/semantics/subjects.hpp"

namespace tessera::semantics::test {
namespace {

std::string outcome(std::string_view text, std::string_view name) {
  const Recorded recorded = parse_recorded(text, "tmpfs");
  const auto found = recorded.outcomes.find(name);
  return found == recorded.outcomes.end() ? "none" : found->second;
}

TEST(Recorded, ReadsAVerdictWithAndWithoutADetail) {
  EXPECT_EQ(outcome("PASS tmpfs alias_write \n", "alias_write"), "PASS");
  EXPECT_EQ(outcome("FAIL tmpfs populate call_minflt=8 touch_minflt=0\n", "populate"),
            "FAIL call_minflt=8 touch_minflt=0");
}

TEST(Recorded, ReadsWhatACallReturned) {
  EXPECT_EQ(outcome("PASS tmpfs size0(INFO) ret=-EINVAL\n", "size0"), "ret=-EINVAL");
  EXPECT_EQ(outcome("PASS tmpfs mremap_grow_contents(INFO)  27 26 8\n", "mremap_grow_contents"),
            "27 26 8");
}

TEST(Recorded, ReadsWhatAPageShowed) {
  EXPECT_EQ(outcome("PASS tmpfs pgoff_past_eof_touch(INFO) ret=-7\n", "pgoff_past_eof_touch"),
            "SIGBUS");
  EXPECT_EQ(outcome("PASS tmpfs x_touch1(INFO) ret=-83886087\n", "x_touch1"), "SIGBUS");
  EXPECT_EQ(outcome("PASS tmpfs x_touch2(INFO) ret=83886082\n", "x_touch2"), "2");
  EXPECT_EQ(outcome("PASS tmpfs anon_shared_val(INFO) ret=77\n", "anon_shared_val"), "77");
}

TEST(Recorded, AnIndentedNameContinuesTheCheckBefore) {
  const std::string text =
      "PASS tmpfs shared_protnone(INFO) ret=0\n"
      "PASS tmpfs   val(INFO) ret=-11\n";
  EXPECT_EQ(outcome(text, "shared_protnone"), "ret=0");
  EXPECT_EQ(outcome(text, "shared_protnone val"), "SIGSEGV");
}

TEST(Recorded, ReadsListsOfVmasAndTheKernel) {
  const std::string text =
      "INFO tmpfs kernel 3.8.13 ppc ptrbits=32\n"
      "INFO tmpfs identity vmas=1 0-32:rw-s:off0:rss0\n";
  EXPECT_EQ(outcome(text, "identity vmas"), "vmas=1 0-32:rw-s:off0:rss0");
  EXPECT_EQ(parse_recorded(text, "tmpfs").source, "3.8.13 ppc");
}

TEST(Recorded, LeavesOutPagesTheProgramCouldNotWrite) {
  EXPECT_EQ(outcome("INFO tmpfs pgoff_bits rejected/wrong: [2^29-1 nb0 -EINVAL]"
                    " [2^31-1 pwrite Invalid argument] [2^31+0 pwrite File too large]\n",
                    "pgoff_bits rejected/wrong"),
            "rejected/wrong: [2^29-1 nb0 -EINVAL]");
  EXPECT_EQ(outcome("INFO tmpfs pgoff_bits rejected/wrong:\n", "pgoff_bits rejected/wrong"),
            "rejected/wrong:");
}

TEST(Recorded, IgnoresOtherFileSystemsAndOtherLines) {
  const Recorded recorded = parse_recorded("PASS ext2 identity ret=0\n\nnoise\n", "tmpfs");
  EXPECT_TRUE(recorded.outcomes.empty());
  EXPECT_TRUE(recorded.source.empty());
}

TEST(Recorded, AKernelWithoutARecordingHasNone) {
  Subject subject = test::subject("3.8", "fsl64", "tmpfs");
  EXPECT_EQ(recorded_for(subject).source, "3.8.13 ppc");
  subject.kernel.name = "0.0";
  EXPECT_EQ(recorded_for(subject).source, "");
}

}  // namespace
}  // namespace tessera::semantics::test
