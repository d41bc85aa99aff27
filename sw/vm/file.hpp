#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>

#include "model/types/units.hpp"
#include "sw/vm/frame_allocator.hpp"
#include "sw/vm/hardware.hpp"

namespace tessera::vm {

/// What the first word of a fresh page of a file holds; the rest of the page is zero.
using FirstWordRule = std::uint32_t (*)(PageOffset);

/// Each page holds its own index.
std::uint32_t page_index_word(PageOffset offset);

/// Each page is all zeros, as a new tmpfs file's.
std::uint32_t zero_word(PageOffset offset);

/// A file on tmpfs (shmem): its pages live in the page cache and nowhere else. All pages are
/// "there" from the start; the frame of a page is allocated at its first use.
class File {
 public:
  /// `size` in pages; the rule gives the contents. Allocator and hardware outlive the file.
  File(std::string name, PageCount size, FirstWordRule rule, FrameAllocator& frames,
       Hardware& hardware);
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  /// Gives the frames of its pages back: nobody may map them any more.
  ~File();

  const std::string& name() const { return name_; }
  PageCount size() const { return size_; }
  bool contains(PageOffset offset) const { return offset.value() < size_.value(); }

  /// The frame of a page. `fresh` tells whether the kernel has to make the page now: true for
  /// the first use of a page of a hole. A page that holds data was written before anyone mapped
  /// it, and is in the page cache; that its frame is only chosen at its first use saves host
  /// memory and costs the simulated kernel nothing. None if memory is exhausted. Requires
  /// contains(offset).
  std::optional<FrameNumber> page(PageOffset offset, bool& fresh);

  /// The frame of a page if it is in the page cache.
  std::optional<FrameNumber> cached(PageOffset offset) const;

  /// The page whose frame this is (Linux page->index); none if the frame is not of this file.
  std::optional<PageOffset> index_of(FrameNumber frame) const;

  /// What the rule says of the page's first word.
  std::uint32_t first_word(PageOffset offset) const { return rule_(offset); }

  /// The file was never written: all zeros.
  bool is_hole() const { return rule_ == &zero_word; }
  /// Pages whose frame has been chosen.
  PageCount cached_pages() const { return PageCount(pages_.size()); }

 private:
  std::string name_;
  PageCount size_;
  FirstWordRule rule_;
  FrameAllocator& frames_;
  Hardware& hardware_;
  std::unordered_map<std::uint64_t, FrameNumber> pages_;   // by page offset
  std::unordered_map<std::uint64_t, PageOffset> page_of_;  // by frame number
};

}  // namespace tessera::vm
