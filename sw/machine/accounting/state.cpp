// What of the accounts changes during a run, for archives (decision 13). Which page is where in
// TLB0 and in the shadow stands with the page, and the pointers to it follow.

#include <algorithm>

#include "model/types/archive.hpp"
#include "sw/machine/accounting/accounting.hpp"
#include "sw/machine/accounting/interval_series.hpp"
#include "sw/machine/accounting/region.hpp"

namespace tessera::machine {

void Region::state(Archive& archive) { archive(begin_, accesses_, warm_); }

void LatencyHistogram::state(Archive& archive) { archive(counts_, count_, max_); }

void SlotSums::state(Archive& archive) {
  archive(first_page_, pages_, slot_pages_, accesses_, cycles_, refills_, refills_after_flush_);
  archive.require(pages_ != 0 && slot_pages_ != 0, "a window without slots");
  const std::size_t slots = (pages_ - 1) / slot_pages_ + 1;
  for (const auto* series : {&accesses_, &cycles_, &refills_, &refills_after_flush_}) {
    archive.require(series->size() == slots, "a window has other slots");
  }
}

void IntervalSeries::state(Archive& archive) {
  archive(unit_, length_, next_, last_, intervals_);
  archive.require(unit_ == IntervalUnit::Accesses || unit_ == IntervalUnit::Cycles,
                  "there is no such unit of intervals");
}

void PageHistory::state(Archive& archive) {
  archive(flush_sequence, node, set, way, in_tlb0, in_shadow, flush_reach, flush_cause);
  archive.require(in_tlb0 <= InTlb0::Flushed && in_shadow <= InShadow::Invalidated &&
                      static_cast<std::size_t>(flush_reach) < kFlushReaches &&
                      static_cast<std::size_t>(flush_cause) < vm::kFlushCauses,
                  "the history of a page is damaged");
}

void PageHistories::state(Archive& archive) {
  std::vector<std::uint64_t> begun;
  for (std::uint64_t chunk = 0; chunk < chunks_.size(); ++chunk) {
    if (chunks_[chunk]) begun.push_back(chunk);
  }
  archive(begun);
  if (archive.reads()) chunks_.clear();
  for (const std::uint64_t chunk : begun) {
    archive.require(chunk >> kChunkBits <= kMostPids, "there is no such PID");
    const auto pid = static_cast<std::uint32_t>(chunk >> kChunkBits);
    const auto span = static_cast<std::uint32_t>(chunk & ((1U << kChunkBits) - 1));
    if (archive.reads()) begin_chunk(Pid(pid), VirtualPage(span << kPageBits), chunk);
    for (PageHistory& page : *chunks_[chunk]) archive(page);
  }
}

void ShadowTlb::state(Archive& archive) {
  archive.each(nodes_, [&](Node& node) {
    archive(node.newer, node.older);
    node.page = archive.reads() ? nullptr : node.page;
  });
  archive(free_);
}

void ShadowTlb::hold(Archive& archive, PageHistory& page) {
  if (page.in_shadow != PageHistory::InShadow::Held) return;
  const bool fits = page.node != kRing && page.node < nodes_.size();
  archive.require(fits && nodes_[page.node].page == nullptr, "two pages are one in the shadow");
  nodes_[page.node].page = &page;
}

void ShadowTlb::check(Archive& archive, std::size_t entries) const {
  const auto is_node = [&](std::uint32_t node) { return node < nodes_.size(); };
  archive.require(nodes_.size() == entries + 1, "the shadow is of another size");
  std::size_t held = 0;
  for (const Node& node : nodes_) {
    archive.require(is_node(node.newer) && is_node(node.older), "the shadow is damaged");
    held += node.page != nullptr ? 1U : 0U;
  }
  std::size_t linked = 0;
  for (std::uint32_t at = nodes_[kRing].newer; at != kRing; at = nodes_[at].newer, ++linked) {
    archive.require(nodes_[at].page != nullptr && linked < held, "the shadow is damaged");
  }
  const bool free_fit = std::all_of(free_.begin(), free_.end(), [&](std::uint32_t node) {
    return node != kRing && is_node(node) && nodes_[node].page == nullptr;
  });
  archive.require(linked == held && free_fit && held + free_.size() == entries,
                  "the shadow is damaged");
}

void Tlb0Mirror::state(Archive& archive) {
  archive(next_victim_, order_, offered_);
  archive.require(offered_ < ways_, "a way of another TLB0");
  if (archive.reads()) std::fill(entries_.begin(), entries_.end(), nullptr);
}

void Tlb0Mirror::hold(Archive& archive, PageHistory& page) {
  if (page.in_tlb0 != PageHistory::InTlb0::Present) return;
  const std::size_t entry = std::size_t{page.set} * ways_ + page.way;
  const bool fits = page.way < ways_ && entry < entries_.size();
  archive.require(fits && entries_[entry] == nullptr, "two pages are one in TLB0");
  entries_[entry] = &page;
}

void RefillClassifier::state(Archive& archive) {
  archive(pages_, mirror_, shadow_, flushes_);
  if (!archive.reads()) return;
  pages_.each([&](PageHistory& page) {
    mirror_.hold(archive, page);
    shadow_.hold(archive, page);
  });
  shadow_.check(archive, mirror_.entries().size());
}

void Accounting::state(Archive& archive) {
  archive.part("accounting");
  archive(classifier_, refills_, latencies_, slots_);
}

}  // namespace tessera::machine
