#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace tessera::vm {

/// An ordered set that also knows, for every subtree, the largest measure in it: "the first item
/// from here on that measures at least so much" is one descent, as in Linux's augmented red-black
/// and interval trees. A treap; the same operations in the same order build the same tree.
///
/// `Order` is a strict order of items, `Measure` gives an item's measure as std::uint64_t; both
/// are stateless. Insertion, removal and search take O(log n) on average.
template <class Item, class Order, class Measure>
class MeasuredSet {
 public:
  /// Whether the item was not there yet.
  bool insert(const Item& item) {
    if (find(item) != nullptr) return false;
    const Index node = make(item);
    const auto [low, high] = split(root_, item);
    root_ = join(join(low, node), high);
    ++size_;
    return true;
  }

  /// Whether the item was there.
  bool erase(const Item& item) {
    if (find(item) == nullptr) return false;
    root_ = without(root_, item);
    --size_;
    return true;
  }

  /// The item that is neither less nor greater; null if there is none. Valid until a change.
  const Item* find(const Item& item) const {
    Index at = root_;
    while (at != kNone && !equal(nodes_[at].item, item)) at = towards(at, item);
    return at == kNone ? nullptr : &nodes_[at].item;
  }

  /// The greatest item less than `bound`; null if there is none. Valid until a change.
  const Item* last_before(const Item& bound) const {
    const Item* found = nullptr;
    for (Index at = root_; at != kNone;) {
      const Node& node = nodes_[at];
      const bool below = Order()(node.item, bound);
      if (below) found = &node.item;
      at = below ? node.right : node.left;
    }
    return found;
  }

  /// Calls `visitor` for the items from `from` on that measure `least` or more, in order, as long
  /// as it returns true. O(log n) for each of them.
  template <class Visitor>
  void visit(const Item& from, std::uint64_t least, const Visitor& visitor) const {
    visit(root_, from, least, visitor);
  }

  /// The first of them; null if there is none. Valid until a change.
  const Item* first(const Item& from, std::uint64_t least) const {
    const Item* found = nullptr;
    visit(from, least, [&found](const Item& item) {
      found = &item;
      return false;
    });
    return found;
  }

  /// How many items it has.
  std::size_t size() const { return size_; }
  /// It has none.
  bool empty() const { return size_ == 0; }

 private:
  using Index = std::uint32_t;
  static constexpr Index kNone = 0;  // node 0 stands for "no node" and measures nothing

  struct Node {
    Item item{};
    std::uint64_t largest = 0;  // measure in this subtree
    std::uint32_t priority = 0;
    Index left = kNone;
    Index right = kNone;
  };

  static bool equal(const Item& a, const Item& b) { return !Order()(a, b) && !Order()(b, a); }

  Index towards(Index at, const Item& item) const {
    return Order()(nodes_[at].item, item) ? nodes_[at].right : nodes_[at].left;
  }

  Index make(const Item& item) {
    auto index = static_cast<Index>(nodes_.size());
    if (free_.empty()) {
      nodes_.emplace_back();
    } else {
      index = free_.back();
      free_.pop_back();
    }
    nodes_[index] = {item, Measure()(item), next_priority(), kNone, kNone};
    return index;
  }

  // Marsaglia's xorshift32: a treap wants any number that has nothing to do with the item.
  std::uint32_t next_priority() {
    random_ ^= random_ << 13U;
    random_ ^= random_ >> 17U;
    random_ ^= random_ << 5U;
    return random_;
  }

  Index updated(Index at) {
    Node& node = nodes_[at];
    node.largest = Measure()(node.item);
    for (const Index child : {node.left, node.right}) {
      if (child != kNone && node.largest < nodes_[child].largest) {
        node.largest = nodes_[child].largest;
      }
    }
    return at;
  }

  /// The items less than `item`, and the others.
  std::pair<Index, Index> split(Index at, const Item& item) {
    if (at == kNone) return {kNone, kNone};
    if (Order()(nodes_[at].item, item)) {
      const auto [low, high] = split(nodes_[at].right, item);
      nodes_[at].right = low;
      return {updated(at), high};
    }
    const auto [low, high] = split(nodes_[at].left, item);
    nodes_[at].left = high;
    return {low, updated(at)};
  }

  /// All of `low` is less than all of `high`.
  Index join(Index low, Index high) {
    if (low == kNone) return high;
    if (high == kNone) return low;
    if (nodes_[low].priority > nodes_[high].priority) {
      nodes_[low].right = join(nodes_[low].right, high);
      return updated(low);
    }
    nodes_[high].left = join(low, nodes_[high].left);
    return updated(high);
  }

  /// The subtree without `item`, which is in it.
  Index without(Index at, const Item& item) {
    if (equal(nodes_[at].item, item)) {
      free_.push_back(at);
      return join(nodes_[at].left, nodes_[at].right);
    }
    if (Order()(nodes_[at].item, item)) {
      nodes_[at].right = without(nodes_[at].right, item);
    } else {
      nodes_[at].left = without(nodes_[at].left, item);
    }
    return updated(at);
  }

  template <class Visitor>
  bool visit(Index at, const Item& from, std::uint64_t least, const Visitor& visitor) const {
    if (at == kNone || nodes_[at].largest < least) return true;
    const Node& node = nodes_[at];
    if (!Order()(node.item, from)) {
      if (!visit(node.left, from, least, visitor)) return false;
      if (Measure()(node.item) >= least && !visitor(node.item)) return false;
    }
    return visit(node.right, from, least, visitor);
  }

  std::vector<Node> nodes_{1};
  std::vector<Index> free_;
  Index root_ = kNone;
  std::size_t size_ = 0;
  std::uint32_t random_ = 0x9e37'79b9;
};

}  // namespace tessera::vm
