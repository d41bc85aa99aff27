#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "model/types/units.hpp"
#include "sw/vm/errno.hpp"
#include "sw/vm/file_mappings.hpp"
#include "sw/vm/file_system.hpp"
#include "sw/vm/frame_allocator.hpp"
#include "sw/vm/hardware.hpp"
#include "sw/vm/offset_ranges.hpp"
#include "sw/vm/swap_area.hpp"

namespace tessera {
class Archive;
}

namespace tessera::vm {

/// What the first word of a fresh page of a file holds; the rest of the page is zero.
using FirstWordRule = std::uint32_t (*)(PageOffset);

/// Each page holds its own index.
std::uint32_t page_index_word(PageOffset offset);

/// Each page is all zeros, as a new tmpfs file's.
std::uint32_t zero_word(PageOffset offset);

/// Whether a file's pages with data are in the page cache from the start.
enum class FileCache : std::uint8_t { Warm, Cold };

/// A file and its page cache. Of a warm one, pages with data are in the page cache from the start;
/// that a frame is only chosen at its first use saves host memory and costs the simulated kernel
/// nothing. Pages of holes are not cached until they are made. A file whose file system accounts
/// dirty pages is on a disk, which has what was written back and nothing else; decision 12.
class File : private Shrinkable {
 public:
  /// `size` in pages; the rule gives the contents (zero_word: all of it is a hole). Allocator
  /// and hardware outlive the file.
  File(std::string name, PageCount size, FirstWordRule rule, FrameAllocator& frames,
       Hardware& hardware, const FileSystem& file_system = kTmpfs,
       FileCache cache = FileCache::Warm);
  /// Gives the frames of its pages back. Address spaces that still map it lose those VMAs.
  ~File() override;

  /// What it was called when it was made.
  const std::string& name() const { return name_; }
  /// What kind of file system it is on.
  const FileSystem& file_system() const { return *file_system_; }
  /// Pages it has now; truncate() changes it.
  PageCount size() const { return size_; }
  /// The page is not beyond the end.
  bool contains(PageOffset offset) const { return offset.value() < size_.value(); }

  /// ftruncate(2), in pages. Pages cut off disappear from all mappings (one PID flush for each
  /// VMA that had any), and lose their contents; pages regained are a hole. Never fails.
  Errno truncate(PageCount new_size);

  /// fallocate(2) of a hole: pages [first, end) disappear likewise. EOPNOTSUPP where the file
  /// system cannot.
  Errno punch_hole(PageOffset first, PageOffset end);

  /// Writes dirty pages [first, end) back: where dirty pages are accounted, all mappings become
  /// clean and read-only (linux-vm.md L), and the disk gets what the dirty pages hold. No time is
  /// taken.
  void write_back(PageOffset first, PageOffset end);

  /// Does that for each dirty page but `kept`, one after the other.
  void write_back_others(PageOffset kept);

  /// The page was written to (Linux set_page_dirty): what it holds must reach the disk before it
  /// may go. Without a disk nothing happens.
  void mark_dirty(PageOffset offset);

  /// Pages that differ from the disk for all the file knows; an entry may know better (DIRTY).
  PageCount dirty_pages() const { return PageCount(dirty_.size()); }
  /// Whether it is one of dirty_pages().
  bool is_dirty(PageOffset offset) const { return dirty_.count(offset.value()) != 0; }

  /// From now on the pages of a shmem file can be taken out of memory; `swap` outlives the file.
  void use_swap(SwapArea& swap) { swap_ = &swap; }

  /// Takes a page out of memory if nobody used it lately, as Linux's reclaim does (page_referenced
  /// of the linear mappings, try_to_unmap of all): whether it is out. If it was dirty it is
  /// written first, to disk or to swap, and the next fault on it is a major one.
  bool reclaim(PageOffset offset);

  /// The frame of a page. `fresh` tells whether the kernel has to make the page now: true for
  /// the first use of a page of a hole. None if memory is exhausted. Requires contains(offset).
  std::optional<FrameNumber> page(PageOffset offset, bool& fresh);

  /// Whether the page is in the page cache (mincore), its frame chosen or not.
  bool is_cached(PageOffset offset) const;

  /// Whether the page of a shmem file is in swap.
  bool is_in_swap(PageOffset offset) const { return swapped_.count(offset.value()) != 0; }

  /// The swap entries in the tree of a shmem file: slots by page offset, in no order.
  const std::unordered_map<std::uint64_t, std::uint64_t>& swap_entries() const { return swapped_; }

  /// The frame of a page, if it has been chosen.
  std::optional<FrameNumber> cached(PageOffset offset) const;

  /// The page whose frame this is (Linux page->index); none if the frame is not of this file.
  std::optional<PageOffset> index_of(FrameNumber frame) const;

  /// What the rule says of the page's first word.
  std::uint32_t first_word(PageOffset offset) const { return rule_(offset); }

  /// Pages whose frame has been chosen.
  PageCount cached_pages() const { return PageCount(pages_.size()); }

  /// The VMAs that map it.
  FileMappings& mappings() { return mappings_; }
  /// The VMAs that map it.
  const FileMappings& mappings() const { return mappings_; }

  /// Reads `pages` pages around a missing one, which is in the middle unless the file begins or
  /// ends there, and leaves a readahead mark. Contents do not change.
  void read_around(PageOffset offset, PageCount pages);

  /// Reads the pages [first, end) that are missing, as far as the file and memory go.
  void read_ahead(PageOffset first, PageOffset end);

  /// Whether the page carries a readahead mark (Linux PG_readahead), which is gone then.
  bool take_readahead_mark(PageOffset offset) { return readahead_marks_.erase(offset.value()); }

  /// What changes during a run (decision 13).
  void state(Archive& archive);

 private:
  using Pages = std::unordered_map<std::uint64_t, FrameNumber>;
  using MapCounts = std::unordered_map<std::uint64_t, unsigned>;  // by frame number

  bool shrink() override;
  bool is_on_disk() const { return file_system_->accounts_dirty; }
  bool unmap_unused(PageOffset offset, FrameNumber frame);
  bool move_to_swap(PageOffset offset, FrameNumber frame);
  void store(PageOffset offset, FrameNumber frame);
  bool has_data(PageOffset offset) const;
  bool mappings_forget() const;
  std::vector<FileMapping> mappings_of(PageOffset offset) const;
  MapCounts count_mappings() const;
  void unmap_clusters(FrameNumber frame);
  void unmap(PageOffset first, PageOffset end);
  void drop_pages(PageOffset first, PageOffset end);
  Pages::iterator drop_page(Pages::iterator page, const MapCounts& left);

  void forget_stored(PageOffset first, PageOffset end);

  std::string name_;
  PageCount size_;
  FirstWordRule rule_;
  FrameAllocator& frames_;
  Hardware& hardware_;
  const FileSystem* file_system_;
  PageCount data_end_;    // pages below hold what the rule says, until they are written to
  OffsetRanges punched_;  // except these
  Pages pages_;           // by page offset
  std::unordered_map<std::uint64_t, PageOffset> page_of_;  // by frame number
  std::unordered_map<std::uint64_t, PageImage> stored_;    // the disk, as far as it was written to
  std::unordered_map<std::uint64_t, std::uint64_t> swapped_;
  SwapArea* swap_ = nullptr;
  FileCache cache_;
  std::unordered_set<std::uint64_t> absent_;  // pages of a warm file that have left the cache
  std::set<std::uint64_t> dirty_;             // of a disk
  std::set<std::uint64_t> shrinkable_;        // pages of a disk file that have a frame
  std::uint64_t hand_ = 0;                    // among these, where shrinking goes on
  FileMappings mappings_;
  std::set<std::uint64_t> readahead_marks_;
};

}  // namespace tessera::vm
