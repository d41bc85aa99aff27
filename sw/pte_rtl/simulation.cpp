#include "sw/pte_rtl/simulation.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

namespace tessera::pte_rtl {

namespace {

using pte::Raw;
using Instance = VerilatedDecoder::Instance;

/// Words that a thread takes at once: some hundredths of a second.
constexpr std::uint64_t kChunk = std::uint64_t{1} << 18;
constexpr std::chrono::milliseconds kPause{200};

std::optional<Difference> difference_at(const pte::Layout& layout, const Instance& decoder,
                                        Raw word) {
  const Difference d{word, pte_lab::decoded(layout, word), decoder(word)};
  if (d.expected == d.got) return std::nullopt;
  return d;
}

/// Chunks are handed out in order, so that all words before a difference are looked at as well.
class Work {
 public:
  Work(std::uint64_t first, std::uint64_t size, unsigned workers)
      : size_(size), next_(first), done_(first), workers_(workers) {}

  /// The first word of a chunk; nothing once there is no more to do.
  std::optional<std::uint64_t> take() {
    const std::lock_guard lock(mutex_);
    if (stopped_ || next_ >= size_) return std::nullopt;
    const std::uint64_t begin = next_;
    next_ = end_of(begin);
    return begin;
  }

  std::uint64_t end_of(std::uint64_t begin) const { return std::min(size_, begin + kChunk); }

  void finish(std::uint64_t begin) {
    const std::lock_guard lock(mutex_);
    finished_.insert(begin);
    while (!finished_.empty() && *finished_.begin() == done_) {
      done_ = end_of(done_);
      finished_.erase(finished_.begin());
    }
  }

  void found(std::uint64_t index) {
    const std::lock_guard lock(mutex_);
    difference_ = std::min(difference_.value_or(index), index);
    stopped_ = true;
  }

  void leave() {
    const std::lock_guard lock(mutex_);
    if (--workers_ == 0) all_left_.notify_all();
  }

  void stop() {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }

  /// Waits a little for the workers; true once all have left.
  bool wait() {
    std::unique_lock lock(mutex_);
    return all_left_.wait_for(lock, kPause, [&] { return workers_ == 0; });
  }

  std::uint64_t done() {
    const std::lock_guard lock(mutex_);
    return done_;
  }

  /// The number of the first word with a difference, once all workers have left.
  std::optional<std::uint64_t> difference() const { return difference_; }

 private:
  std::mutex mutex_;
  std::condition_variable all_left_;
  std::uint64_t size_;
  std::uint64_t next_;
  std::uint64_t done_;
  std::set<std::uint64_t> finished_;
  std::optional<std::uint64_t> difference_;
  unsigned workers_;
  bool stopped_ = false;
};

/// True if a chunk has no difference.
bool chunk_is_equal(const pte::Layout& layout, const Instance& decoder, const WordSequence& words,
                    std::uint64_t begin, Work& work) {
  for (std::uint64_t i = begin; i < work.end_of(begin); ++i) {
    const Raw word = words[i];
    if (pte_lab::decoded(layout, word) == decoder(word)) continue;
    work.found(i);
    return false;
  }
  return true;
}

void run_worker(const pte::Layout& layout, const VerilatedDecoder& library,
                const WordSequence& words, Work& work) {
  const Instance decoder(library);
  for (auto begin = work.take(); begin; begin = work.take()) {
    if (chunk_is_equal(layout, decoder, words, *begin, work)) work.finish(*begin);
  }
  work.leave();
}

/// Clears every bit without which the two still differ, from the top.
Difference smaller(const pte::Layout& layout, const Instance& decoder, Difference difference) {
  for (unsigned bit = layout.width; bit-- > 0;) {
    const Raw cleared = difference.word & ~(Raw{1} << bit);
    const auto still = difference_at(layout, decoder, cleared);
    if (still) difference = *still;
  }
  return difference;
}

}  // namespace

Simulated simulate(const pte::Layout& layout, const VerilatedDecoder& decoder,
                   const WordSequence& words, const SimulationOptions& options) {
  Work work(options.first, words.size(), options.jobs);
  std::vector<std::jthread> threads;
  threads.reserve(options.jobs);
  for (unsigned i = 0; i < options.jobs; ++i) {
    threads.emplace_back([&] { run_worker(layout, decoder, words, work); });
  }
  while (!work.wait()) {
    if (!options.go_on(work.done())) work.stop();
  }
  threads.clear();
  Simulated simulated{work.done(), std::nullopt};
  if (work.difference()) {
    const Instance instance(decoder);
    const Raw word = words[*work.difference()];
    simulated.difference = smaller(layout, instance, *difference_at(layout, instance, word));
  }
  return simulated;
}

}  // namespace tessera::pte_rtl
