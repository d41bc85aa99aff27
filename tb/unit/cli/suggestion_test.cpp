#include "sw/cli/suggestion.hpp"

#include <gtest/gtest.h>

namespace tessera::cli {
namespace {

TEST(Suggestion, NamesTheNearest) {
  EXPECT_EQ(suggestion("mmpa", {"mmap", "rfp", "none"}), "; did you mean 'mmap'?");
}

TEST(Suggestion, FindsADottedKeyByItsLastPart) {
  EXPECT_EQ(suggestion("tlb0_sets", {"seed", "mmu.tlb0_sets"}), "; did you mean 'mmu.tlb0_sets'?");
}

TEST(Suggestion, ListsAFewWhenNoneIsNear) {
  EXPECT_EQ(suggestion("something", {"a", "b"}), "; there is a, b");
}

TEST(Suggestion, SaysNothingWhenNoneIsNearAndThereAreMany) {
  EXPECT_EQ(suggestion("something", {"a", "b", "c", "d", "e", "f", "g", "h", "i"}), "");
}

}  // namespace
}  // namespace tessera::cli
