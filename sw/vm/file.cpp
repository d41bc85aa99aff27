#include "sw/vm/file.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <stdexcept>
#include <utility>

#include "sw/vm/address_space.hpp"

namespace tessera::vm {

namespace {

constexpr PageOffset kEndOfFiles{std::numeric_limits<std::uint64_t>::max()};

}  // namespace

std::uint32_t page_index_word(PageOffset offset) {
  return static_cast<std::uint32_t>(offset.value());
}

std::uint32_t zero_word(PageOffset /*offset*/) { return 0; }

File::File(std::string name, PageCount size, FirstWordRule rule, FrameAllocator& frames,
           Hardware& hardware, const FileSystem& file_system, FileCache cache)
    : name_(std::move(name)),
      size_(size),
      rule_(rule),
      frames_(frames),
      hardware_(hardware),
      file_system_(&file_system),
      data_end_(rule == &zero_word ? PageCount(0) : size),
      cache_(cache) {
  if (is_on_disk()) frames_.add_shrinkable(*this);
}

File::~File() {
  while (!mappings_.empty()) mappings_.any().space->forget(*this);
  for (const auto& [offset, frame] : pages_) frames_.release(frame);
  for (const auto& [offset, slot] : swapped_) swap_->release(slot);
  if (is_on_disk()) frames_.remove_shrinkable(*this);
}

std::optional<FrameNumber> File::page(PageOffset offset, bool& fresh) {
  if (!contains(offset)) throw std::logic_error("file: page behind the end of " + name_);
  const auto found = pages_.find(offset.value());
  fresh = false;
  if (found != pages_.end()) return found->second;
  const auto frame = frames_.allocate_user();
  if (!frame) return std::nullopt;
  const auto stored = stored_.find(offset.value());
  const auto swapped = swapped_.find(offset.value());
  if (stored != stored_.end()) {
    restore(hardware_, *frame, stored->second);
  } else if (swapped != swapped_.end()) {
    restore(hardware_, *frame, swap_->image(swapped->second));
    swap_->release(swapped->second);
    swapped_.erase(swapped);
  } else {
    fresh = !has_data(offset);
    hardware_.fill_frame(*frame, fresh ? 0 : rule_(offset));
  }
  pages_.emplace(offset.value(), *frame);
  page_of_.emplace(frame->value(), offset);
  absent_.erase(offset.value());
  if (is_on_disk()) shrinkable_.insert(offset.value());
  return frame;
}

bool File::is_cached(PageOffset offset) const {
  if (pages_.count(offset.value()) != 0) return true;
  const bool stayed = cache_ == FileCache::Warm && absent_.count(offset.value()) == 0;
  return stayed && has_data(offset) && !is_in_swap(offset);
}

bool File::has_data(PageOffset offset) const {
  return offset.value() < data_end_.value() && !punched_.contains(offset);
}

std::optional<FrameNumber> File::cached(PageOffset offset) const {
  const auto found = pages_.find(offset.value());
  if (found == pages_.end()) return std::nullopt;
  return found->second;
}

std::optional<PageOffset> File::index_of(FrameNumber frame) const {
  const auto found = page_of_.find(frame.value());
  if (found == page_of_.end()) return std::nullopt;
  return found->second;
}

// Linux truncate_setsize and shmem_setattr: mappings first, so that nobody maps a freed frame.
Errno File::truncate(PageCount new_size) {
  const PageOffset first(new_size.value());
  const bool shrinks = new_size < size_;
  forget_stored(first, kEndOfFiles);
  size_ = new_size;
  if (shrinks) {
    unmap(first, kEndOfFiles);
    drop_pages(first, kEndOfFiles);
    data_end_ = std::min(data_end_, new_size);
  }
  return Errno::Ok;
}

Errno File::punch_hole(PageOffset first, PageOffset end) {
  if (!file_system_->punches_holes) return Errno::Eopnotsupp;
  unmap(first, end);
  drop_pages(first, end);
  forget_stored(first, end);
  punched_.add(first, end);
  return Errno::Ok;
}

void File::forget_stored(PageOffset first, PageOffset end) {
  const auto is_inside = [&](const auto& page) {
    return first.value() <= page.first && page.first < end.value();
  };
  std::erase_if(stored_, is_inside);
  std::erase_if(swapped_, [&](const auto& page) {
    if (is_inside(page)) swap_->release(page.second);
    return is_inside(page);
  });
}

void File::unmap(PageOffset first, PageOffset end) {
  for (const FileMapping& mapping : mappings_.linear(first, end)) {
    mapping.space->unmap_file_pages(mapping, first, end);
  }
  for (const FileMapping& mapping : mappings_.nonlinear()) {
    mapping.space->unmap_file_pages(mapping, first, end);
  }
}

// write_cache_pages: page_mkclean finds linear mappings only (linux-vm.md C).
void File::write_back(PageOffset first, PageOffset end) {
  if (!is_on_disk()) return;
  for (const FileMapping& mapping : mappings_.linear(first, end)) {
    mapping.space->clean_file_pages(mapping, first, end);
  }
  for (auto page = dirty_.lower_bound(first.value()); page != dirty_.end() && *page < end.value();
       page = dirty_.erase(page)) {
    store(PageOffset(*page), pages_.at(*page));
  }
}

void File::write_back_others(PageOffset kept) {
  const std::vector<std::uint64_t> pages(dirty_.begin(), dirty_.end());
  for (const std::uint64_t page : pages) {
    if (page != kept.value()) write_back(PageOffset(page), PageOffset(page + 1));
  }
}

void File::mark_dirty(PageOffset offset) {
  if (is_on_disk()) dirty_.insert(offset.value());
}

void File::store(PageOffset offset, FrameNumber frame) {
  stored_.insert_or_assign(offset.value(), image_of(hardware_, frame));
}

// do_sync_mmap_readahead: the last quarter of what is read begins with a mark (linux-vm.md L).
void File::read_around(PageOffset offset, PageCount pages) {
  const std::uint64_t half = pages.value() / 2;
  const std::uint64_t start = offset.value() - std::min(offset.value(), half);
  const std::uint64_t end = std::min(start + pages.value(), size_.value());
  const std::uint64_t mark = end - std::min(end - start, pages.value() / 4);
  const bool was_cached = is_cached(PageOffset(mark));
  bool fresh = false;
  if (!page(offset, fresh)) return;
  read_ahead(PageOffset(start), PageOffset(end));
  if (!was_cached && mark < end) readahead_marks_.insert(mark);
}

void File::read_ahead(PageOffset first, PageOffset end) {
  const std::uint64_t last = std::min(end.value(), size_.value());
  for (std::uint64_t index = first.value(); index < last; ++index) {
    if (is_cached(PageOffset(index))) continue;
    if (frames_.is_short()) return;
    bool fresh = false;
    if (!page(PageOffset(index), fresh)) return;
  }
}

// Whether the kernel of those who map it remaps pages without a trace (linux-vm.md A1).
bool File::mappings_forget() const {
  return !mappings_.empty() && mappings_.any().space->kernel().remap.forgets_offsets;
}

// The VMAs that the reverse map finds for a page. A page of 2.5.42 knows its entries themselves
// (pte_chain), wherever they are.
std::vector<FileMapping> File::mappings_of(PageOffset offset) const {
  return mappings_forget() ? mappings_.linear(PageOffset(0), kEndOfFiles)
                           : mappings_.linear(offset, offset + PageCount(1));
}

// By frame number: how many entries map each frame, of this file or not.
File::MapCounts File::count_mappings() const {
  MapCounts counts;
  std::set<const AddressSpace*> done;
  for (const FileMapping& mapping : mappings_.linear(PageOffset(0), kEndOfFiles)) {
    if (done.insert(mapping.space).second) mapping.space->count_mapped(counts);
  }
  return counts;
}

void File::drop_pages(PageOffset first, PageOffset end) {
  MapCounts left;
  if (mappings_forget()) left = count_mappings();
  if (end - first == PageCount(1)) {
    const auto page = pages_.find(first.value());
    if (page != pages_.end()) drop_page(page, left);
    return;
  }
  for (auto page = pages_.begin(); page != pages_.end();) {
    const PageOffset offset(page->first);
    page = offset < first || end <= offset ? std::next(page) : drop_page(page, left);
  }
}

// A page that is mapped where truncation does not look for it lives on without the file; `left`
// has those that are mapped. The next one.
File::Pages::iterator File::drop_page(Pages::iterator page, const MapCounts& left) {
  readahead_marks_.erase(page->first);
  dirty_.erase(page->first);
  shrinkable_.erase(page->first);
  const FrameNumber frame = page->second;
  const auto mapped = left.find(frame.value());
  page_of_.erase(frame.value());
  if (mapped != left.end()) {
    frames_.disown(frame, mapped->second);
  } else {
    frames_.release(frame);
  }
  return pages_.erase(page);
}

}  // namespace tessera::vm
