#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <vector>

namespace tessera::storm {

/// The two words of a page that storms look at.
using PageWords = std::array<std::uint32_t, 2>;

/// Everything that a page may hold; one value if nothing is open.
using Candidates = std::vector<PageWords>;

inline bool has(const Candidates& all, const PageWords& words) {
  return std::find(all.begin(), all.end(), words) != all.end();
}

inline void add(Candidates& all, const PageWords& words) {
  if (!has(all, words)) all.push_back(words);
}

/// What the pages of a file must hold, wherever the kernel keeps them.
class ReferenceFile {
 public:
  /// `size` pages; each of a file that is not `empty` holds its number.
  ReferenceFile(std::uint64_t size, bool empty) : size_(size), data_end_(empty ? 0 : size) {}

  /// What a page may hold; nothing behind the end.
  Candidates at(std::uint64_t page) const {
    if (page >= size_) return {};
    const auto found = written_.find(page);
    if (found != written_.end()) return found->second;
    return {page < data_end_ ? PageWords{static_cast<std::uint32_t>(page), 0} : PageWords{}};
  }

  /// The page holds one of these.
  void set(std::uint64_t page, Candidates words) { written_[page] = std::move(words); }

  /// Pages cut off lose their contents, pages regained are zeros.
  void truncate(std::uint64_t size) {
    size_ = size;
    data_end_ = std::min(data_end_, size);
    written_.erase(written_.lower_bound(size), written_.end());
  }

  /// The page is a hole, or perhaps is one.
  void punch(std::uint64_t page, bool certainly) {
    if (page >= size_) return;
    Candidates words = certainly ? Candidates{} : at(page);
    add(words, PageWords{});
    set(page, std::move(words));
  }

 private:
  std::uint64_t size_;
  std::uint64_t data_end_;  // pages below hold their number, until they are written to
  std::map<std::uint64_t, Candidates> written_;
};

}  // namespace tessera::storm
