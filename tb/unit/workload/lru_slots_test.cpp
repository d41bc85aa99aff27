#include "sw/workload/lru_slots.hpp"

#include <algorithm>
#include <list>

#include <gtest/gtest.h>

#include "sw/workload/random.hpp"

namespace tessera::workload {
namespace {

TEST(LruSlots, FindsWhatTheWindowShowsAtFirst) {
  LruSlots slots(4);
  const LruSlots::Use use = slots.use(2);
  EXPECT_EQ(use.slot, 2U);
  EXPECT_FALSE(use.replaced);
}

TEST(LruSlots, GivesANewElementTheOldestSlot) {
  LruSlots slots(3);
  slots.use(0);
  const LruSlots::Use use = slots.use(9);
  EXPECT_EQ(use.slot, 1U);
  EXPECT_TRUE(use.replaced);
  EXPECT_TRUE(slots.use(1).replaced);
  EXPECT_FALSE(slots.use(9).replaced);
}

// A list of (slot, element), oldest first.
class ListOfSlots {
 public:
  explicit ListOfSlots(std::uint32_t slots) {
    for (std::uint32_t slot = 0; slot < slots; ++slot) {
      order_.emplace_back(slot, slot);
    }
  }

  LruSlots::Use use(std::uint64_t element) {
    auto found = std::find_if(order_.begin(), order_.end(),
                              [&](const auto& entry) { return entry.second == element; });
    const bool replaced = found == order_.end();
    found = replaced ? order_.begin() : found;
    const std::uint32_t slot = found->first;
    order_.erase(found);
    order_.emplace_back(slot, element);
    return {slot, replaced};
  }

 private:
  std::list<std::pair<std::uint32_t, std::uint64_t>> order_;
};

TEST(LruSlots, AgreesWithAPlainListOnRandomUse) {
  constexpr std::uint64_t kSeed = 5;
  Random random(kSeed);
  LruSlots slots(16);
  ListOfSlots list(16);
  int replacements = 0;
  for (int i = 0; i < 20000; ++i) {
    const std::uint64_t element = random.below(random.below(2) == 0 ? 20 : 64);
    const LruSlots::Use use = slots.use(element);
    const LruSlots::Use expected = list.use(element);
    ASSERT_EQ(use.slot, expected.slot) << "seed " << kSeed << ", use " << i;
    ASSERT_EQ(use.replaced, expected.replaced) << "seed " << kSeed << ", use " << i;
    replacements += use.replaced ? 1 : 0;
  }
  EXPECT_GT(replacements, 5000);
}

}  // namespace
}  // namespace tessera::workload
