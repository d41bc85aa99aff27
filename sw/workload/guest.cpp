#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/core.h>

#include "model/types/archive.hpp"
#include "model/types/grouped.hpp"
#include "model/types/user_error.hpp"
#include "sw/workload/common_parameters.hpp"
#include "sw/workload/description.hpp"
#include "sw/workload/random.hpp"

namespace tessera::workload {
namespace {

// A choice: what a guest kernel does to change tasks, to change a page table entry, and what its
// program does for an access.
constexpr Compute kGuestSwitch{400};
constexpr Compute kGuestFault{200};
constexpr Compute kGuestAccess{20};

constexpr std::uint32_t kWordsOfGuestPage = 1024;
constexpr std::uint32_t kPermille = 1000;

struct GuestParameters {
  PageCount window_pages{4096};
  PageCount file_pages{8192};
  std::uint64_t accesses = 50000;
  std::uint64_t tasks = 8;
  std::uint64_t task_pages = 64;
  std::uint64_t slice = 500;
  std::uint64_t change_permille = 10;
  std::uint64_t seed = 1;
  bool remapped = true;
};

/// The window is a guest's address space, the file its memory. Tasks run in turn, each with pages
/// at random addresses; what the window shows is what the host was told last.
class Guest final : public Workload {
 public:
  explicit Guest(const GuestParameters& parameters)
      : parameters_(parameters), random_(parameters.seed) {
    for (PageCount page(0); page < parameters.window_pages; page += PageCount(1)) {
      shown_.push_back(PageOffset(0) + page);
    }
    for (std::uint64_t task = 0; task < parameters.tasks; ++task) {
      tasks_.push_back(random_task());
    }
  }

  bool next(Iteration& iteration) override {
    if (done_ == iterations()) return false;
    iteration.operations.clear();
    iteration.counted = true;
    iteration.remaps = 0;
    Task& task = tasks_[done_ / parameters_.slice % tasks_.size()];
    if (done_++ % parameters_.slice == 0) enter(iteration, task);
    Page& page = task[random_.below(static_cast<std::uint32_t>(task.size()))];
    if (random_.below(kPermille) < parameters_.change_permille) {
      page.frame = random_frame();
      iteration.operations.emplace_back(kGuestFault);
      show(iteration, page);
    }
    touch(iteration, page);
    return true;
  }
  std::uint64_t iterations() const override { return parameters_.accesses; }
  PageCount window_pages() const override { return parameters_.window_pages; }
  PageCount file_pages() const override { return parameters_.file_pages; }
  PageCount element_pages() const override { return PageCount(1); }
  void state(Archive& archive) override {
    archive.part("guest");
    archive(random_, done_);
    archive.fixed(shown_);
    for (Task& task : tasks_) {
      archive.fixed(task);
      const bool inside = std::all_of(task.begin(), task.end(), [&](const Page& page) {
        return page.address < parameters_.window_pages &&
               page.frame.value() < parameters_.file_pages.value();
      });
      archive.require(inside, "a page of the guest is not in its memory");
    }
    archive.require(done_ <= iterations(), "there are more accesses than asked for");
  }

 private:
  /// An entry of a guest's page table.
  struct Page {
    PageCount address;  // in the window
    PageOffset frame;   // in the guest's memory
  };
  using Task = std::vector<Page>;

  // Different addresses: the first part of a shuffle of all.
  Task random_task() {
    std::vector<std::uint32_t> addresses(shown_.size());
    for (std::uint32_t i = 0; i < addresses.size(); ++i) addresses[i] = i;
    Task task;
    for (std::uint32_t i = 0; i < parameters_.task_pages; ++i) {
      const auto left = static_cast<std::uint32_t>(addresses.size()) - i;
      std::swap(addresses[i], addresses[i + random_.below(left)]);
      task.push_back({PageCount(addresses[i]), random_frame()});
    }
    return task;
  }

  PageOffset random_frame() {
    return PageOffset(random_.below(static_cast<std::uint32_t>(parameters_.file_pages.value())));
  }

  // A burst: everything of the task that the window does not show.
  void enter(Iteration& iteration, const Task& task) {
    iteration.operations.emplace_back(kGuestSwitch);
    iteration.operations.emplace_back(TouchOwn{OwnPage::Data});
    for (const Page& page : task) show(iteration, page);
  }

  void show(Iteration& iteration, const Page& page) {
    PageOffset& shown = shown_[page.address.value()];
    if (!parameters_.remapped || shown == page.frame) return;
    shown = page.frame;
    ++iteration.remaps;
    iteration.operations.emplace_back(MapElement{page.address, PageCount(1), page.frame});
  }

  void touch(Iteration& iteration, const Page& page) {
    std::optional<PageOffset> expected;
    if (parameters_.remapped) expected = page.frame;
    const bool write = random_.below(2) == 1;
    // Word 0 holds the page's number and is never written.
    const Bytes word{4 * (1 + std::uint64_t{random_.below(kWordsOfGuestPage - 1)})};
    iteration.operations.emplace_back(kGuestAccess);
    iteration.operations.emplace_back(TouchPage{page.address, word, write, expected});
    iteration.operations.emplace_back(TouchOwn{OwnPage::Stack});
  }

  GuestParameters parameters_;
  Random random_;
  std::vector<PageOffset> shown_;
  std::vector<Task> tasks_;
  std::uint64_t done_ = 0;
};

void check_guest(const GuestParameters& p) {
  if (p.file_pages < p.window_pages) {
    throw UserError(fmt::format("file_pages is {}: the window shows {} of them at first",
                                p.file_pages.value(), p.window_pages.value()));
  }
  if (p.task_pages > p.window_pages.value()) {
    throw UserError(fmt::format("task_pages is {}: the window has addresses for {}", p.task_pages,
                                p.window_pages.value()));
  }
}

Plan plan_guest(const Values& values) {
  GuestParameters p;
  p.window_pages = values.pages("window_pages");
  p.file_pages = values.pages("file_pages");
  p.accesses = values.number("guest_accesses");
  p.tasks = values.number("tasks");
  p.task_pages = values.number("task_pages");
  p.slice = values.number("slice");
  p.change_permille = values.number("change_permille");
  p.seed = values.number("seed");
  check_guest(p);
  return {fmt::format("guest: {} accesses of {} tasks of {} pages, {} at a time",
                      grouped(p.accesses), p.tasks, grouped(p.task_pages), grouped(p.slice)),
          [p](bool remapped) {
            GuestParameters mine = p;
            mine.remapped = remapped;
            return std::make_unique<Guest>(mine);
          }};
}

}  // namespace

Description describe_guest() {
  const GuestParameters initial;
  return {"guest",
          "A guest kernel that runs as a process, as User Mode Linux does: the file is its memory, "
          "the window\nits address space. A change of its page tables is a mapping call for one "
          "page, and a change of\ntasks a burst of them in random order. With mmap nearly every "
          "page becomes a VMA.",
          {{"guest_accesses", "accesses of the guest's programs, half of them writes",
            initial.accesses, 1},
           {"tasks", "tasks, which run in turn", initial.tasks, 1, 256},
           {"task_pages", "pages that each of them uses", initial.task_pages, 1, 1U << 16},
           {"slice", "accesses until the next task runs", initial.slice, 1},
           {"change_permille", "accesses before which the page gets another frame, in a thousand",
            initial.change_permille, 0, kPermille},
           window_pages_parameter(initial.window_pages.value(),
                                  "size of the guest's address space in 4 KB pages"),
           file_pages_parameter(initial.file_pages.value()),
           seed_parameter("addresses, frames, accesses")},
          "--slice 50 --task-pages 200",
          plan_guest};
}

}  // namespace tessera::workload
