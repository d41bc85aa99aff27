#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "model/types/units.hpp"
#include "sw/vm/huge_pool.hpp"

namespace tessera {
class Archive;
}

namespace tessera::vm {

/// The two kinds of memory a 32-bit kernel has: lowmem is mapped at all times, highmem is not.
enum class Zone : std::uint8_t { Low, High };

/// What can give frames back that it can fill again: a page cache (Linux shrinker).
class Shrinkable {
 public:
  Shrinkable() = default;
  Shrinkable(const Shrinkable&) = delete;
  Shrinkable& operator=(const Shrinkable&) = delete;
  virtual ~Shrinkable() = default;

  /// Gives back one frame; false if none can go.
  virtual bool shrink() = 0;
};

/// Hands out physical frames. A frame has one owner at a time: none is given out twice, and
/// when all are owned the answer is "none", never somebody's frame.
class FrameAllocator {
 public:
  /// Frames [first, low_end) are lowmem and [low_end, end) highmem; first <= low_end <= end.
  /// The first lowmem frame becomes the zero page. Throws std::invalid_argument if the order
  /// is wrong or there is no lowmem at all.
  /// `nr_hugepages` huge pages are set aside at the top of memory, highmem first; fewer if that
  /// would leave less than a huge page of lowmem.
  FrameAllocator(FrameNumber first, FrameNumber low_end, FrameNumber end,
                 std::uint64_t nr_hugepages = 0);

  /// A frame of lowmem (page tables must be there); none if it is exhausted.
  std::optional<FrameNumber> allocate_low();

  /// A frame for user data or page cache: highmem first, then lowmem (GFP_HIGHUSER).
  std::optional<FrameNumber> allocate_user();

  /// `count` adjacent lowmem frames, the first a multiple of count (a power of two).
  std::optional<FrameNumber> allocate_low_block(unsigned count);

  /// A frame for private memory (Linux PageAnon), with one reference.
  std::optional<FrameNumber> allocate_anonymous();

  /// Whether the frame was allocated as private memory: neither page cache nor the zero page.
  bool is_anonymous(FrameNumber frame) const;

  /// A frame of the page cache becomes private memory that `references` mappings share (1 or
  /// more): its file has lost it, they have not.
  void disown(FrameNumber frame, unsigned references);

  /// One more address space maps the private frame (fork).
  void add_reference(FrameNumber frame);

  /// How many map it: 1 unless add_reference was called.
  unsigned references(FrameNumber frame) const;

  /// Drops one reference, and with the last one gives the frame back. Throws std::logic_error
  /// if nobody owns it.
  void release(FrameNumber frame);

  /// The shared page of zeros (Linux empty_zero_page); never released.
  FrameNumber zero_page() const { return zero_page_; }

  /// Whether the frame is memory at all (pfn_valid), the kernel's own included.
  bool is_memory(FrameNumber frame) const { return frame.value() < end_; }

  /// The huge pages; their frames are owned by it from the beginning.
  HugePool& huge_pool() { return huge_pool_; }
  /// The huge pages.
  const HugePool& huge_pool() const { return huge_pool_; }

  /// Whether somebody has taken the frame and not given it back.
  bool is_owned(FrameNumber frame) const;

  /// Asked for frames when memory is short, in turn with the others, until it is removed.
  void add_shrinkable(Shrinkable& cache) { shrinkables_.push_back(&cache); }
  /// It is asked no more. Requires that it was added.
  void remove_shrinkable(const Shrinkable& cache);

  /// Whether fewer frames are free than one page fault may need.
  bool is_short() const { return free_frames() < kReserve; }

  /// Lets the caches give frames back until memory is not short, or none has any to give (Linux
  /// kswapd). Any page of a cache may be gone afterwards, and unmapped: to be called where
  /// nobody holds an entry or a frame.
  void make_room();

  /// Frames owned now, the zero page included.
  PageCount owned() const { return PageCount(owned_); }

  /// What changes during a run (decision 13).
  void state(Archive& archive);

 private:
  struct Pool {
    void state(Archive& archive);

    std::uint64_t next = 0;  // frames never handed out: [next, end)
    std::uint64_t end = 0;
    std::vector<std::uint64_t> freed;  // last in, first out: warm frames first
  };

  // The page, a private copy of it and a page table, which must be lowmem.
  static constexpr std::uint64_t kReserve = 4;

  std::uint64_t free_frames() const {
    return low_.end - low_.next + low_.freed.size() + high_.end - high_.next + high_.freed.size();
  }
  bool shrink_one();
  std::optional<FrameNumber> take(Pool& pool);
  std::size_t slot(std::uint64_t frame) const { return static_cast<std::size_t>(frame - first_); }
  void own(std::uint64_t frame);
  void give_to_huge_pool();

  std::uint64_t first_;
  std::uint64_t end_;
  HugePool huge_pool_;
  Pool low_;
  Pool high_;
  std::vector<bool> is_owned_;
  std::vector<bool> is_anonymous_;
  std::unordered_map<std::uint64_t, unsigned> extra_references_;  // of shared private frames
  std::uint64_t owned_ = 0;
  FrameNumber zero_page_;
  std::vector<Shrinkable*> shrinkables_;
  std::size_t next_shrinkable_ = 0;
};

}  // namespace tessera::vm
