#include "sw/vm/vma_tree.hpp"

#include <gtest/gtest.h>

namespace tessera::vm::test {

namespace {

Vma anonymous(std::uint32_t start, std::uint32_t end) {
  Vma vma;
  vma.start = VirtualPage(start);
  vma.end = VirtualPage(end);
  vma.protection = {true, true, false};
  vma.offset = PageOffset(start);
  return vma;
}

VirtualPage page(std::uint32_t number) { return VirtualPage(number); }

// Neighbours that took part in a merge: one, or two of which one is gone.
unsigned merged(VmaTree& tree, const Vma& vma) {
  const VmaTree::Merged result = tree.merge(vma, {.bare_neighbour_refuses = true});
  return result.done ? 1 + result.removed : 0;
}

}  // namespace

TEST(VmaTree, FindsTheFirstVmaThatEndsBehindAPage) {
  VmaTree tree;
  tree.insert(anonymous(10, 20));
  tree.insert(anonymous(30, 40));
  EXPECT_EQ(tree.find(page(5))->second.start, page(10));
  EXPECT_EQ(tree.find(page(19))->second.start, page(10));
  EXPECT_EQ(tree.find(page(20))->second.start, page(30));
  EXPECT_EQ(tree.find(page(40)), tree.end());
  EXPECT_EQ(tree.containing(page(25)), nullptr);
  EXPECT_EQ(tree.before(page(10)), nullptr);
  EXPECT_EQ(tree.before(page(30))->start, page(10));
}

TEST(VmaTree, SplitKeepsOffsetsTrue) {
  VmaTree tree;
  const auto upper = tree.split(tree.insert(anonymous(10, 20)), page(14));
  EXPECT_EQ(upper->second.offset, PageOffset(14));
  EXPECT_EQ(tree.containing(page(13))->end, page(14));
  EXPECT_EQ(tree.size(), 2U);
}

TEST(VmaTree, MergesWithEitherNeighbourOrBoth) {
  VmaTree tree;
  tree.insert(anonymous(10, 20));
  EXPECT_EQ(merged(tree, anonymous(20, 25)), 1U);
  EXPECT_EQ(merged(tree, anonymous(5, 10)), 1U);
  tree.insert(anonymous(30, 40));
  EXPECT_EQ(merged(tree, anonymous(25, 30)), 2U);
  ASSERT_EQ(tree.size(), 1U);
  EXPECT_EQ(tree.begin()->second.start, page(5));
  EXPECT_EQ(tree.begin()->second.end, page(40));
  EXPECT_EQ(tree.begin()->second.offset, PageOffset(5));
}

TEST(VmaTree, DoesNotMergeAcrossAGapAnOffsetJumpOrAKind) {
  VmaTree tree;
  tree.insert(anonymous(10, 20));
  EXPECT_EQ(merged(tree, anonymous(21, 22)), 0U);
  Vma jump = anonymous(20, 21);
  jump.offset = PageOffset(99);
  EXPECT_EQ(merged(tree, jump), 0U);
  Vma other = anonymous(20, 21);
  other.protection.write = false;
  EXPECT_EQ(merged(tree, other), 0U);
  other = anonymous(20, 21);
  other.nonlinear = true;
  EXPECT_EQ(merged(tree, other), 0U);
}

// linux-vm.md D3: two different anon_vmas cannot be one VMA's.
TEST(VmaTree, BridgesNeighboursOnlyIfTheirAnonVmasAgree) {
  VmaTree tree;
  tree.insert(anonymous(10, 20))->second.anon_identity = 1;
  tree.insert(anonymous(30, 40))->second.anon_identity = 2;
  EXPECT_EQ(merged(tree, anonymous(20, 30)), 1U);
  ASSERT_EQ(tree.size(), 2U);
  EXPECT_EQ(tree.containing(page(25))->anon_identity, 1U);
}

TEST(VmaTree, IsLowerTheMoreItsNodesHold) {
  VmaTree tree;
  for (std::uint32_t i = 0; i < 19; ++i) tree.insert(anonymous(10 * i, 10 * i + 5));
  EXPECT_EQ(tree.levels(20), 1U);
  tree.insert(anonymous(1000, 1005));
  EXPECT_EQ(tree.levels(20), 2U);
}

TEST(VmaTree, HasALevelForEveryDoubling) {
  VmaTree tree;
  EXPECT_EQ(tree.levels(2), 0U);
  for (std::uint32_t i = 0; i < 7; ++i) tree.insert(anonymous(10 * i, 10 * i + 5));
  EXPECT_EQ(tree.levels(2), 3U);
  tree.insert(anonymous(100, 105));
  EXPECT_EQ(tree.levels(2), 4U);
}

}  // namespace tessera::vm::test
