#include "sw/pte_lab/trial.hpp"

#include <random>

#include "sw/pte_lab/trial_machine.hpp"

namespace tessera::pte_lab {

namespace {

/// The machine, and what each page of the window should show.
class Comparison {
 public:
  Comparison(const pte::Layout& layout, std::uint64_t window, std::uint64_t file)
      : machine_(layout, PageCount(window), PageCount(file)) {
    expected_.reserve(window);
    for (std::uint64_t page = 0; page < window; ++page) {
      expected_.push_back(page);
    }
  }

  void remap(std::uint64_t page, std::uint64_t pages, std::uint64_t pgoff, unsigned flags) {
    if (ended()) return;
    const vm::Errno error = machine_.remap(page, pages, pgoff, flags);
    if (error != vm::Errno::Ok) {
      trial_.end = vm::name(error);
      return;
    }
    for (std::uint64_t i = 0; i < pages; ++i) {
      expected_[page + i] = pgoff + i;
    }
  }

  void read(std::uint64_t page) {
    if (ended()) return;
    const auto found = machine_.read(page);
    ++trial_.checks;
    if (!found) {
      trial_.end = machine_.signal();
    } else if (*found != expected_[page]) {
      trial_.wrong.push_back({page, expected_[page], *found});
    }
  }

  Trial result() const { return trial_; }

 private:
  bool ended() const { return !trial_.end.empty(); }

  TrialMachine machine_;
  std::vector<std::uint64_t> expected_;
  Trial trial_;
};

}  // namespace

Trial ltp_trial(const pte::Layout& layout) {
  constexpr std::uint64_t kWindow = 16;
  Comparison comparison(layout, kWindow, 1024);
  for (unsigned pass = 0; pass < 2; ++pass) {
    for (std::uint64_t page = 0; page < kWindow; page += 2) {
      comparison.remap(page, 2, kWindow - 2 - page, 0);
    }
    for (std::uint64_t page = 0; page < kWindow; ++page) {
      comparison.read(page);
    }
  }
  return comparison.result();
}

Trial random_trial(const pte::Layout& layout, std::uint64_t seed) {
  constexpr std::uint64_t kWindow = 256;
  constexpr std::uint64_t kFile = 4096;
  constexpr std::uint64_t kLowPages = 64;
  constexpr unsigned kRemaps = 2000;
  std::mt19937_64 random(seed);
  Comparison comparison(layout, kWindow, kFile);
  for (unsigned i = 0; i < kRemaps; ++i) {
    const std::uint64_t pages = 1 + random() % 8;
    const std::uint64_t page = random() % (kWindow - pages + 1);
    const std::uint64_t pgoff = random() % (i % 2 == 0 ? kLowPages : kFile - pages + 1);
    comparison.remap(page, pages, pgoff, random() % 2 == 0 ? vm::kMapNonblock : 0);
    for (std::uint64_t read = 0; read < pages; ++read) {
      comparison.read(page + read);
    }
  }
  return comparison.result();
}

}  // namespace tessera::pte_lab
