#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace tessera {

/// What an archive holds is no state of the object it is read into. The object may be half what it
/// was then, so that nothing but another state can be read into it.
class ArchiveError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The state of a simulation as bytes, written or read by the same lines (decision 13): a class has
/// one function `void state(Archive&)` that names each of its members which changes during a run.
/// It reads into an object that was built with the same parameters, so that nothing which follows
/// from these is written. Numbers are little-endian, counts 64 bits wide.
class Archive {
 public:
  /// Writes.
  Archive() = default;
  /// Reads what another one has written; the bytes outlive it.
  explicit Archive(std::string_view bytes) : reads_(true), left_(bytes) {}

  /// It reads; else it writes.
  bool reads() const { return reads_; }

  /// All that was written.
  std::string take() { return std::move(written_); }

  /// Throws ArchiveError if a reader has not read everything.
  void finish() const { require(!reads_ || left_.empty(), "bytes behind the end"); }

  /// Throws ArchiveError unless what was read makes sense; `what` says what it is about.
  void require(bool makes_sense, const char* what) const {
    if (!makes_sense) throw ArchiveError(what);
  }

  /// Begins a part. A reader throws ArchiveError if another one begins here.
  void part(std::string_view name) {
    std::string found(name);
    value(found);
    if (found != name) throw ArchiveError(std::string(name) + " is not where it should be");
  }

  /// Writes each of the values, or reads it. Possible are numbers, enumerations, quantities, all
  /// structures of these without padding, strings, standard containers, optionals, and every class
  /// that has state(Archive&).
  template <class... Values>
  void operator()(Values&... values) {
    (value(values), ...);
  }

  /// The same for a container that has as many items as the parameters say.
  template <class Container>
  void fixed(Container& items) {
    Container same = items;
    value(same);
    require(same.size() == items.size(), "a table is of another size");
    if (reads_) items = std::move(same);
  }

  /// Items of a vector, each written or read by `item(items[i])`.
  template <class Item, class One>
  void each(std::vector<Item>& items, const One& item) {
    items.resize(count(items.size()));
    for (Item& one : items) item(one);
  }

 private:
  template <class T, class = void>
  struct HasState : std::false_type {};
  template <class T>
  struct HasState<T, std::void_t<decltype(std::declval<T&>().state(std::declval<Archive&>()))>>
      : std::true_type {};

  /// Without pointers and padding: its bytes are its value.
  template <class T>
  static constexpr bool kIsBytes = std::is_trivially_copyable_v<T> && !std::is_pointer_v<T> &&
                                   std::has_unique_object_representations_v<T> &&
                                   !std::is_same_v<T, bool> && !HasState<T>::value;

  template <class T>
  void value(T& it) {
    static_assert(HasState<T>::value || kIsBytes<T> || std::is_floating_point_v<T>,
                  "has padding or pointers: give it a state(Archive&)");
    if constexpr (HasState<T>::value) {
      it.state(*this);
    } else {
      bytes(&it, sizeof it);
    }
  }

  void value(bool& it) {
    std::uint8_t byte = it ? 1 : 0;
    value(byte);
    require(byte <= 1, "a truth value is neither");
    it = byte == 1;
  }

  void value(std::string& it) {
    it.resize(count(it.size()));
    bytes(it.data(), it.size());
  }

  template <class T>
  void value(std::optional<T>& it) {
    bool has = it.has_value();
    value(has);
    if (!has) {
      it.reset();
    } else {
      if (!it) it.emplace();
      value(*it);
    }
  }

  template <class A, class B>
  void value(std::pair<A, B>& it) {
    value(it.first);
    value(it.second);
  }

  template <class T, std::size_t kSize>
  void value(std::array<T, kSize>& it) {
    if constexpr (kIsBytes<T>) {
      bytes(it.data(), sizeof it);
    } else {
      for (T& item : it) value(item);
    }
  }

  template <class T>
  void value(std::vector<T>& it) {
    it.resize(count(it.size(), kIsBytes<T> ? sizeof(T) : 1));
    if constexpr (kIsBytes<T>) {
      bytes(it.data(), it.size() * sizeof(T));
    } else {
      for (T& item : it) value(item);
    }
  }

  void value(std::vector<bool>& it) {
    constexpr std::size_t kBits = 64;
    std::vector<std::uint64_t> words((it.size() + kBits - 1) / kBits);
    for (std::size_t i = 0; i < it.size(); ++i) {
      words[i / kBits] |= std::uint64_t{it[i]} << i % kBits;
    }
    std::uint64_t size = it.size();
    (*this)(size, words);
    require(words.size() == size / kBits + (size % kBits != 0 ? 1 : 0), "bits are missing");
    it.resize(size);
    for (std::size_t i = 0; i < size; ++i) it[i] = (words[i / kBits] >> i % kBits & 1) != 0;
  }

  template <class Key, class Value>
  void value(std::map<Key, Value>& it) {
    ordered<std::pair<Key, Value>>(it, it.key_comp(), [](const auto& item) { return item.first; });
  }
  template <class Key>
  void value(std::set<Key>& it) {
    ordered<Key>(it, it.key_comp(), [](const auto& item) { return item; });
  }
  template <class Key, class Value>
  void value(std::unordered_map<Key, Value>& it) {
    unordered<std::pair<Key, Value>>(it);
  }
  template <class Key>
  void value(std::unordered_set<Key>& it) {
    unordered<Key>(it);
  }

  template <class Item, class Container, class Order, class KeyOf>
  void ordered(Container& it, const Order& less, const KeyOf& key) {
    std::vector<Item> items(it.begin(), it.end());
    value(items);
    if (!reads_) return;
    const auto rises = [&](const Item& a, const Item& b) { return !less(key(a), key(b)); };
    require(std::adjacent_find(items.begin(), items.end(), rises) == items.end(), "out of order");
    it = Container(items.begin(), items.end());
  }

  /// In the order of iteration, which decides what a simulated kernel does first, and comes out of
  /// the history of the container: with as many buckets the last item, inserted first, ends up last
  /// again. The standard does not promise that, and so it is looked at.
  template <class Item, class Container>
  void unordered(Container& it) {
    std::vector<Item> items(it.begin(), it.end());
    std::uint64_t buckets = it.bucket_count();
    (*this)(buckets, items);
    if (!reads_) return;
    require(buckets <= kMostBuckets, "a hash table is too large");
    Container again;
    if (buckets != again.bucket_count()) again.rehash(buckets);
    for (auto item = items.rbegin(); item != items.rend(); ++item) again.insert(*item);
    const bool same = again.size() == items.size() && again.bucket_count() == buckets &&
                      std::equal(items.begin(), items.end(), again.begin(),
                                 [](const Item& a, const auto& b) { return a == Item(b); });
    require(same, "a hash table has another order");
    it = std::move(again);
  }

  /// Of items that take so many bytes or more: no more of them than there are bytes left.
  std::size_t count(std::size_t size, std::size_t least_bytes = 1) {
    std::uint64_t many = size;
    value(many);
    require(!reads_ || many <= left_.size() / least_bytes, "more items than there are bytes");
    return static_cast<std::size_t>(many);
  }

  void bytes(void* at, std::size_t size) {
    static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "as archives have it");
    if (size == 0) return;
    if (!reads_) {
      written_.append(static_cast<const char*>(at), size);
      return;
    }
    require(size <= left_.size(), "the bytes end too early");
    std::memcpy(at, left_.data(), size);
    left_.remove_prefix(size);
  }

  static constexpr std::uint64_t kMostBuckets = std::uint64_t{1} << 26;

  bool reads_ = false;
  std::string written_;
  std::string_view left_;
};

}  // namespace tessera
