#include "sw/pte_lab/trial.hpp"

#include <cstdio>

#include <gtest/gtest.h>

#include "model/pte/format_of.hpp"
#include "model/pte/shipped.hpp"
#include "model/types/user_error.hpp"
#include "sw/pte_lab/semantics.hpp"
#include "tb/unit/pte/vectors.hpp"

namespace tessera::pte_lab {

namespace {

constexpr std::uint64_t kSeed = 7;
constexpr std::uint64_t kLtpReads = 32;

/// The page of the file that this format's file PTE of `pgoff` leads to, where the VMA's linear
/// order has page `linear`: what the encoding alone says, without a kernel.
std::uint64_t predicted(const Layout& layout, std::uint64_t linear, std::uint64_t pgoff) {
  const Raw entry = file_word(layout, pgoff);
  return is_none(layout, entry) ? linear : offset_of(layout, entry);
}

}  // namespace

// linux-vm.md F4: BUG-A fails at window page 14, BUG-B at window page 0.
TEST(PteTrial, ReproducesTheP4080StoryPageForPage) {
  const Trial a = ltp_trial(pte::shipped_layout("wrhv-bug-a"));
  ASSERT_EQ(a.wrong.size(), 2U);
  for (const WrongPage& page : a.wrong) {
    EXPECT_EQ(page.window_page, 14U);
    EXPECT_EQ(page.expected, 0U);
    EXPECT_EQ(page.found, 14U);
  }
  const Trial b = ltp_trial(pte::shipped_layout("wrhv-bug-b"));
  ASSERT_FALSE(b.wrong.empty());
  EXPECT_EQ(b.wrong.front().window_page, 0U);
  EXPECT_EQ(b.wrong.front().expected, 14U);
  EXPECT_EQ(b.wrong.front().found, 0U);
}

TEST(PteTrial, PassesWithEveryFormatThatTheProofsFindSafe) {
  std::printf("seed %llu\n", static_cast<unsigned long long>(kSeed));
  unsigned tried = 0;
  for (const Layout& layout : pte::shipped_layouts()) {
    // The early FSL mask hides swap entries only, which a trial does not make.
    const bool hides_pages = !layout.broken.empty() && layout.name != "fsl64-2.6.24";
    if (!pte::vm_obstacle(layout).empty() || hides_pages) continue;
    SCOPED_TRACE(layout.name);
    const Trial ltp = ltp_trial(layout);
    EXPECT_EQ(ltp.checks, kLtpReads);
    EXPECT_TRUE(ltp.wrong.empty());
    const Trial random = random_trial(layout, kSeed);
    EXPECT_GE(random.checks, 8000U);
    EXPECT_TRUE(random.wrong.empty());
    EXPECT_EQ(ltp.end + random.end, "");
    ++tried;
  }
  EXPECT_GE(tried, 9U);
}

TEST(PteTrial, AKernelGoesWrongExactlyWhereTheEncodingSays) {
  std::printf("seed %llu\n", static_cast<unsigned long long>(kSeed));
  unsigned compared = 0;
  for (const char* name : {"wrhv-bug-a", "wrhv-bug-b", "wrhv-bug-c", "44x-2.6.11"}) {
    SCOPED_TRACE(name);
    const Layout layout = pte::shipped_layout(name);
    const Trial trial = random_trial(layout, kSeed);
    EXPECT_FALSE(trial.wrong.empty());
    for (const WrongPage& page : trial.wrong) {
      ASSERT_EQ(page.found, predicted(layout, page.window_page, page.expected));
      ++compared;
    }
  }
  std::printf("%u wrong pages compared\n", compared);
  EXPECT_GE(compared, 5000U);
}

TEST(PteTrial, RefusesFormatsThatTheVmLayerCannotUse) {
  EXPECT_THROW(ltp_trial(pte::shipped_layout("i386-3.6")), UserError);
}

}  // namespace tessera::pte_lab
