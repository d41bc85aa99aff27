// Lock step with any seeds, on all parameter sets or one; scripts/soak says how it is called.

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <mutex>
#include <random>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <fmt/core.h>

#include "model/types/user_error.hpp"
#include "tb/lockstep/seed_run.hpp"

namespace tessera::lockstep {
namespace {

using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

struct Options {
  double minutes = 0;        ///< 0: as many seeds as `seeds` says
  std::uint64_t seeds = 0;   ///< 0: until the time is over
  std::uint64_t first = 0;   ///< seed
  std::uint64_t cycles = 0;  ///< of each seed
  unsigned jobs = 1;         ///< threads
  std::string subject;       ///< empty: all of them
};

/// Throws UserError for what is no number.
double number(const std::string& name, const std::string& text) {
  try {
    std::size_t used = 0;
    const double value = std::stod(text, &used);
    if (used == text.size() && value > 0 && value < 1e10) {
      return value;
    }
  } catch (const std::logic_error&) {  // told below
  }
  throw UserError(
      fmt::format("tessera_soak: {} is '{}', but must be a positive number", name, text));
}

Options options_of(const std::vector<std::string>& words) {
  Options options;
  options.first = std::random_device{}();
  options.cycles = 1000000;
  options.jobs = std::max(1U, std::thread::hardware_concurrency());
  for (std::size_t i = 0; i < words.size(); i += 2) {
    const std::string& name = words[i];
    const std::string value = i + 1 < words.size() ? words[i + 1] : "";
    if (name == "--minutes") {
      options.minutes = number(name, value);
    } else if (name == "--seeds") {
      options.seeds = static_cast<std::uint64_t>(number(name, value));
    } else if (name == "--first") {
      options.first = static_cast<std::uint64_t>(number(name, value));
    } else if (name == "--cycles") {
      options.cycles = static_cast<std::uint64_t>(number(name, value));
    } else if (name == "--jobs") {
      options.jobs = static_cast<unsigned>(number(name, value));
    } else if (name == "--subject") {
      options.subject = value;
    } else {
      throw UserError(fmt::format(
          "tessera_soak: '{}' is none of --minutes, --seeds, --first, --cycles, --jobs, --subject",
          name));
    }
  }
  if (options.minutes == 0 && options.seeds == 0) {
    options.minutes = 1;
  }
  return options;
}

std::vector<Subject> subjects_of(const Options& options) {
  std::vector<Subject> chosen;
  std::string names;
  for (const Subject& subject : subjects()) {
    names += " " + subject.name;
    if (options.subject.empty() || options.subject == subject.name) {
      chosen.push_back(subject);
    }
  }
  if (chosen.empty()) {
    throw UserError(fmt::format("tessera_soak: --subject is '{}', but must be one of{}",
                                options.subject, names));
  }
  return chosen;
}

/// Seeds one after the other, all subjects of each; shared by the threads that run them.
class Soak {
 public:
  explicit Soak(const Options& options) : options_(options), subjects_(subjects_of(options)) {}

  /// Runs until seeds or time are over, or another thread has met a difference.
  void work() {
    for (std::uint64_t run = next_++; goes_on(run); run = next_++) {
      const Subject& subject = subjects_[run % subjects_.size()];
      Met met;
      const std::string difference =
          run_seed(subject, options_.first + run / subjects_.size(), options_.cycles, met);
      const std::lock_guard lock(mutex_);
      met_ += met;
      ++runs_;
      difference_ += difference;
      fmt::print(stderr, "\r{} runs: {} cycles", runs_, met_.comparison.cycles);
      std::fflush(stderr);
    }
  }

  /// Prints what came of it; true if there was no difference. Once all threads have ended.
  bool report() const {
    fmt::print(stderr, "\n");
    const CheckedTranslations& checked = met_.checked;
    const std::uint64_t cycles = met_.comparison.cycles;
    fmt::print(
        "{}{} cycles compared in {} runs on {} parameter sets, seeds from {}: {}; {} "
        "responses checked ({} hits, {} ambiguous); {:.0f} s, {:.2f} M cycles/s\n",
        difference_, cycles, runs_, subjects_.size(), options_.first,
        difference_.empty() ? "no difference" : "DIFFERENCE", checked.all(),
        checked.l1_hits + checked.l2_hits, checked.ambiguous, seconds(),
        static_cast<double>(cycles) / seconds() / 1e6);
    return difference_.empty();
  }

 private:
  double seconds() const { return Seconds(Clock::now() - begin_).count(); }

  bool goes_on(std::uint64_t run) {
    const std::lock_guard lock(mutex_);
    const bool more = options_.seeds == 0 || run < options_.seeds * subjects_.size();
    const bool in_time = options_.minutes == 0 || seconds() < options_.minutes * 60;
    return difference_.empty() && more && in_time;
  }

  Options options_;
  std::vector<Subject> subjects_;
  Clock::time_point begin_ = Clock::now();
  std::atomic<std::uint64_t> next_ = 0;
  std::mutex mutex_;  ///< of what follows
  Met met_;
  std::uint64_t runs_ = 0;
  std::string difference_;
};

bool soak(const Options& options) {
  Soak all(options);
  std::vector<std::thread> threads;
  threads.reserve(options.jobs);
  for (unsigned job = 0; job < options.jobs; ++job) {
    threads.emplace_back([&all] { all.work(); });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  return all.report();
}

}  // namespace
}  // namespace tessera::lockstep

int main(int argc, char** argv) {
  try {
    return tessera::lockstep::soak(tessera::lockstep::options_of({argv + 1, argv + argc})) ? 0 : 1;
  } catch (const tessera::UserError& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 2;
  }
}
