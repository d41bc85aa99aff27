#include "sw/vm/huge_file.hpp"

#include <algorithm>

namespace tessera::vm {

// hugetlb_reserve_pages.
std::shared_ptr<HugeFile> HugeFile::make(HugePool& pool, std::uint64_t pages, bool promised) {
  if (promised && !pool.reserve(pages)) return nullptr;
  auto file = std::make_shared<HugeFile>(pool);
  file->extend(pages);
  std::fill(file->promised_.begin(), file->promised_.end(), promised);
  return file;
}

std::shared_ptr<HugeFile> HugeFile::without_promises(HugePool& pool) {
  return std::make_shared<HugeFile>(pool);
}

HugeFile::~HugeFile() {
  forget(0, promised_.size());
  for (const auto& page : shared_) {
    if (page) pool_.release(*page);
  }
}

std::optional<FrameNumber> HugeFile::take(std::uint64_t index) {
  const bool promised = index < promised_.size() && promised_[static_cast<std::size_t>(index)];
  const auto page = pool_.allocate(promised);
  if (promised) promised_[static_cast<std::size_t>(index)] = false;
  return page;
}

void HugeFile::extend(std::uint64_t pages) {
  if (pages <= shared_.size()) return;
  promised_.resize(static_cast<std::size_t>(pages));
  shared_.resize(static_cast<std::size_t>(pages));
}

bool HugeFile::reserve(std::uint64_t first, std::uint64_t end, bool extends) {
  const std::uint64_t last = extends ? end : std::min<std::uint64_t>(end, pages());
  const auto lacks = [&](std::uint64_t index) {
    const auto at = static_cast<std::size_t>(index);
    return at >= shared_.size() || (!shared_[at] && !promised_[at]);
  };
  std::vector<std::size_t> wanted;
  for (std::uint64_t index = first; index < last; ++index) {
    if (lacks(index)) wanted.push_back(static_cast<std::size_t>(index));
  }
  if (!pool_.reserve(wanted.size())) return false;
  extend(last);
  for (const std::size_t index : wanted) promised_[index] = true;
  return true;
}

std::optional<FrameNumber> HugeFile::share(std::uint64_t index, bool& fresh) {
  if (index >= pages()) return std::nullopt;
  auto& page = shared_[static_cast<std::size_t>(index)];
  fresh = !page.has_value();
  if (fresh) page = take(index);
  if (page) pool_.add_reference(*page);
  return page;
}

std::optional<FrameNumber> HugeFile::fill(std::uint64_t index) {
  bool fresh = false;
  const auto page = share(index, fresh);
  if (page) pool_.release(*page);
  return page;
}

void HugeFile::forget(std::uint64_t first, std::uint64_t end) {
  const std::uint64_t last = std::min<std::uint64_t>(end, promised_.size());
  for (std::uint64_t index = first; index < last; ++index) {
    if (!promised_[static_cast<std::size_t>(index)]) continue;
    promised_[static_cast<std::size_t>(index)] = false;
    pool_.unreserve(1);
  }
}

}  // namespace tessera::vm
