#include <optional>

#include <fmt/core.h>

#include "model/types/archive.hpp"
#include "model/types/grouped.hpp"
#include "model/types/user_error.hpp"
#include "sw/workload/common_parameters.hpp"
#include "sw/workload/description.hpp"

namespace tessera::workload {
namespace {

// A choice: finding room and filling a record's header, and copying a page's part of it.
constexpr Compute kRecord{60};
constexpr Compute kPartOfRecord{20};

constexpr std::uint64_t kWord = 4;

struct MirrorParameters {
  PageCount ring_pages{64};
  std::uint64_t record_bytes = 6000;
  std::uint64_t records = 20000;
  bool remapped = true;
};

/// The ring's pages twice in a row: the first round maps the second copy, each further one writes
/// a record behind the last and reads it back, straight on over the seam.
class Mirror final : public Workload {
 public:
  explicit Mirror(const MirrorParameters& parameters) : parameters_(parameters) {}

  bool next(Iteration& iteration) override {
    if (done_ == iterations()) return false;
    iteration.operations.clear();
    iteration.counted = true;
    iteration.remaps = 0;
    if (done_++ == 0) {
      map_second_copy(iteration);
    } else {
      pass_record(iteration);
    }
    return true;
  }
  std::uint64_t iterations() const override { return 1 + parameters_.records; }
  PageCount window_pages() const override { return parameters_.ring_pages * 2; }
  PageCount file_pages() const override { return parameters_.ring_pages; }
  PageCount element_pages() const override { return parameters_.ring_pages; }
  void state(Archive& archive) override {
    archive.part("mirror");
    archive(at_, done_);
    archive.require(at_ < bytes_of(parameters_.ring_pages).value() && at_ % kWord == 0,
                    "a record is not in the ring");
    archive.require(done_ <= iterations(), "there are more records than asked for");
  }

 private:
  void map_second_copy(Iteration& iteration) const {
    iteration.remaps = 1;
    iteration.operations.emplace_back(
        MapElement{parameters_.ring_pages, parameters_.ring_pages, PageOffset(0)});
  }

  void pass_record(Iteration& iteration) {
    iteration.operations.emplace_back(kRecord);
    iteration.operations.emplace_back(TouchOwn{OwnPage::Data});
    for (const bool write : {true, false}) touch_record(iteration, write);
    at_ = (at_ + parameters_.record_bytes) % bytes_of(parameters_.ring_pages).value();
  }

  void touch_record(Iteration& iteration, bool write) const {
    const std::uint64_t end = at_ + parameters_.record_bytes;
    for (std::uint64_t page = at_ / kPageBytes.value(); page * kPageBytes.value() < end; ++page) {
      iteration.operations.emplace_back(kPartOfRecord);
      touch_part(iteration, page, write);
      iteration.operations.emplace_back(TouchOwn{OwnPage::Stack});
    }
  }

  // A page's word 0 holds its number: a part that begins there is touched one word on.
  void touch_part(Iteration& iteration, std::uint64_t page, bool write) const {
    const std::uint64_t first = page * kPageBytes.value();
    const std::uint64_t offset = at_ > first + kWord ? at_ - first : kWord;
    const std::uint64_t in_ring = page % parameters_.ring_pages.value();
    // Without a second copy the program goes back to the beginning by itself.
    iteration.operations.emplace_back(TouchPage{PageCount(parameters_.remapped ? page : in_ring),
                                                Bytes(offset), write, PageOffset(in_ring)});
  }

  MirrorParameters parameters_;
  std::uint64_t at_ = 0;  // where the next record begins in the ring, in bytes
  std::uint64_t done_ = 0;
};

void check_ring(PageCount window, const MirrorParameters& p) {
  if (window.value() % 2 != 0) {
    throw UserError(
        fmt::format("window_pages is {}: a mirror is two copies of a ring, so it must "
                    "be even",
                    window.value()));
  }
  const std::uint64_t ring = bytes_of(p.ring_pages).value();
  if (p.record_bytes > ring || p.record_bytes % kWord != 0) {
    throw UserError(
        fmt::format("record_bytes is {}: a record is whole words of 4 bytes, and no "
                    "longer than the ring of {} bytes",
                    p.record_bytes, ring));
  }
}

Plan plan_mirror(const Values& values) {
  const PageCount window = values.pages("window_pages");
  const MirrorParameters p{PageCount(window.value() / 2), values.number("record_bytes"),
                           values.number("records")};
  check_ring(window, p);
  return {fmt::format("mirror: {} records of {} bytes in a ring of {} pages", grouped(p.records),
                      grouped(p.record_bytes), grouped(p.ring_pages.value())),
          [p](bool remapped) {
            MirrorParameters mine = p;
            mine.remapped = remapped;
            return std::make_unique<Mirror>(mine);
          }};
}

}  // namespace

Description describe_mirror() {
  return {
      "mirror",
      "A ring buffer whose pages are mapped twice in a row, so that a record which wraps is "
      "contiguous.\nRemapped, it is one VMA whose second half shows the first's pages; with mmap "
      "it is two. Records\nover the seam alone use the second copy, and its translations. Method "
      "none has one copy, and\nthe program wraps by itself.",
      {{"records", "records that are written and read back", std::uint64_t{20000}, 1},
       {"record_bytes", "size of a record, a multiple of 4; no longer than the ring",
        std::uint64_t{6000}, kWord, 1ULL << 31},
       window_pages_parameter(128, "both copies of the ring in 4 KB pages: an even number")},
      "--window-pages 1024 --record-bytes 20000",
      plan_mirror};
}

}  // namespace tessera::workload
