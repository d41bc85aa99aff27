#include <optional>
#include <unordered_set>

#include <fmt/core.h>

#include "model/types/archive.hpp"
#include "model/types/grouped.hpp"
#include "sw/workload/common_parameters.hpp"
#include "sw/workload/description.hpp"
#include "sw/workload/element_window.hpp"
#include "sw/workload/random.hpp"

namespace tessera::workload {
namespace {

// As the window's (window.cpp): looking an element up, and working on one of its pages.
constexpr Compute kFindHole{100};
constexpr Compute kFillPage{20};

constexpr Bytes kPageNumber{0};

struct SparseParameters {
  PageCount window_pages{4096};
  PageCount element_pages{16};
  PageCount file_pages{1ULL << 28};
  std::uint64_t visits = 20000;
  std::uint64_t touches = 2;
  std::uint64_t seed = 1;
  bool remapped = true;
};

/// Random elements of a file that is all hole; each visit goes to some pages of the element. The
/// first time there the page gets its number, later it must be found.
class Sparse final : public Workload {
 public:
  explicit Sparse(const SparseParameters& parameters)
      : parameters_(parameters),
        window_(parameters.window_pages, parameters.element_pages, parameters.file_pages,
                parameters.remapped),
        random_(parameters.seed) {}

  bool next(Iteration& iteration) override {
    if (done_ == iterations()) return false;
    ++done_;
    iteration.operations.clear();
    iteration.counted = true;
    iteration.remaps = 0;
    const std::uint64_t size = parameters_.element_pages.value();
    const std::uint64_t element =
        random_.below(static_cast<std::uint32_t>(parameters_.file_pages.value() / size));
    iteration.operations.emplace_back(kFindHole);
    iteration.operations.emplace_back(TouchOwn{OwnPage::Data});
    const PageCount window_page = window_.show(iteration, element);
    for (std::uint64_t i = 0; i < parameters_.touches; ++i) {
      const PageCount page(random_.below(static_cast<std::uint32_t>(size)));
      iteration.operations.emplace_back(kFillPage);
      iteration.operations.emplace_back(
          touch(window_page + page, PageOffset(element * size) + page));
      iteration.operations.emplace_back(TouchOwn{OwnPage::Stack});
    }
    return true;
  }
  std::uint64_t iterations() const override { return parameters_.visits; }
  PageCount window_pages() const override { return parameters_.window_pages; }
  PageCount file_pages() const override { return parameters_.file_pages; }
  PageCount element_pages() const override { return parameters_.element_pages; }
  FileKind file_kind() const override { return FileKind::Hole; }
  void state(Archive& archive) override {
    archive.part("sparse");
    archive(window_, random_, written_, done_);
    archive.require(done_ <= iterations(), "there are more visits than asked for");
  }

 private:
  TouchPage touch(PageCount window_page, PageOffset file_page) {
    TouchPage touch{window_page, kPageNumber, false, std::nullopt};
    if (written_.insert(file_page.value()).second) {
      touch.write = true;
      touch.stores = static_cast<std::uint32_t>(file_page.value());
    } else if (parameters_.remapped) {
      touch.expected = file_page;
    }
    return touch;
  }

  SparseParameters parameters_;
  ElementWindow window_;
  Random random_;
  std::unordered_set<std::uint64_t> written_;  // pages of the file
  std::uint64_t done_ = 0;
};

Plan plan_sparse(const Values& values) {
  SparseParameters p;
  p.window_pages = values.pages("window_pages");
  p.element_pages = values.pages("element_pages");
  p.file_pages = values.pages("file_pages");
  p.visits = values.number("visits");
  p.touches = values.number("touches");
  p.seed = values.number("seed");
  check_element(p.element_pages, p.window_pages, p.file_pages);
  return {fmt::format("sparse: {} visits of a hole of {} GiB", grouped(p.visits),
                      grouped(bytes_of(p.file_pages).value() >> 30)),
          [p](bool remapped) {
            SparseParameters mine = p;
            mine.remapped = remapped;
            return std::make_unique<Sparse>(mine);
          }};
}

}  // namespace

Description describe_sparse() {
  const SparseParameters initial;
  return {"sparse",
          "A file of a terabyte that is all hole, written and read at random places through a "
          "window that a\n32-bit process has room for: pages come into being at their first "
          "touch, and memory holds only\nthese. remap_file_pages keeps "
          "offsets in page table entries, which have 29 bits for them: it\nreaches 2 TB.",
          {{"visits", "visits of an element", initial.visits, 1},
           {"touches", "accesses of a visit, to random pages of the element", initial.touches, 1,
            1U << 20},
           window_pages_parameter(initial.window_pages.value()),
           element_pages_parameter(initial.element_pages.value()),
           file_pages_parameter(initial.file_pages.value()),
           seed_parameter("elements and pages")},
          "--file-pages 1000000000 --pte 32",
          plan_sparse};
}

}  // namespace tessera::workload
