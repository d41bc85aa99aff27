#include "sw/cli/rtl_simulation.hpp"

#include <fmt/core.h>

#include "model/types/fingerprint.hpp"
#include "sw/cli/interruption.hpp"
#include "sw/cli/progress.hpp"
#include "sw/cli/story.hpp"
#include "sw/pte_rtl/resume_file.hpp"
#include "sw/pte_rtl/simulation.hpp"
#include "sw/report/text_table.hpp"

namespace tessera::cli {
namespace {

using report::grouped;

constexpr std::chrono::seconds kBetweenSaves{5};

/// Everything that a run depends on.
std::uint64_t fingerprint_of(const pte::Layout& layout, const RtlPlan& plan,
                             const pte_rtl::VerilatedDecoder& decoder) {
  std::string text = fmt::format("{} {} {}", plan.words, plan.seed, layout.width);
  for (const auto& term : pte_lab::decoded(layout, pte_lab::Term("pte"))) {
    text += term.term();
  }
  return fingerprint(text, decoder.fingerprint());
}

/// Shows progress, and saves how far the run is.
class Watch {
 public:
  Watch(std::string name, const pte_rtl::ResumeFile& resume, std::uint64_t first,
        std::uint64_t size)
      : name_(std::move(name)), resume_(resume), first_(first), size_(size) {}
  ~Watch() { progress_.clear(); }
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

  bool operator()(std::uint64_t done) {
    progress_.show(name_, done - first_, size_ - first_);
    if (std::chrono::steady_clock::now() >= next_) {
      resume_.save(done);
      next_ = std::chrono::steady_clock::now() + kBetweenSaves;
    }
    return !interrupted();
  }

 private:
  std::string name_;
  const pte_rtl::ResumeFile& resume_;
  std::uint64_t first_;
  std::uint64_t size_;
  Progress progress_{"words"};
  std::chrono::steady_clock::time_point next_ = std::chrono::steady_clock::now() + kBetweenSaves;
};

std::string kinds_of_words(const pte_rtl::WordSequence& words, std::uint64_t seed) {
  if (words.exhaustive()) return "every word there is";
  return fmt::format("corners, walking bits, random ones with seed {}", seed);
}

void print_stop(const RtlPlan& plan, std::uint64_t done) {
  const std::string rest = plan.resume.empty()
                               ? "with --resume FILE it could go on from there"
                               : fmt::format("--resume {} goes on from there", plan.resume);
  print_verdict("stopped",
                fmt::format("after {} without a difference; {}", words_text(done), rest));
}

}  // namespace

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

std::string words_text(std::uint64_t words) {
  return fmt::format("{} words, {} checks", grouped(words), grouped(words * pte_lab::kOutputs));
}

void print_verdict(const char* verdict, const std::string& text) {
  fmt::print("{:<15} {}\n", verdict, text);
  std::fflush(stdout);
}

void print_difference(const pte::Layout& layout, const pte_rtl::Difference& difference,
                      const char* finder) {
  print_verdict("refuted", fmt::format("{} found a word that the decoder gets wrong", finder));
  print_story(pte_rtl::story_of(layout, difference));
}

void simulate_rtl(const pte::Layout& layout, const RtlPlan& plan, const std::string& contract,
                  RtlTally& tally) {
  const pte_rtl::VerilatedDecoder decoder(plan.decoder, contract);
  const pte_rtl::WordSequence words(layout, plan.words, plan.seed);
  const pte_rtl::ResumeFile resume(plan.resume, fingerprint_of(layout, plan, decoder));
  const std::uint64_t first = resume.words_done();
  const std::chrono::steady_clock::time_point start = std::chrono::steady_clock::now();
  pte_rtl::Simulated result;
  {
    Watch watch(layout.name, resume, first, words.size());
    result = pte_rtl::simulate(layout, decoder, words, {plan.jobs, first, std::ref(watch)});
  }
  tally.words = result.done;
  if (result.difference) {
    print_difference(layout, *result.difference, "the simulation");
    tally.differs = true;
  } else if (result.done < words.size()) {
    resume.save(result.done);
    print_stop(plan, result.done);
    return;
  } else {
    print_verdict("simulated",
                  fmt::format("{} words, {}: Verilator, {} thread{}, {:.1f} s{}",
                              grouped(words.size()), kinds_of_words(words, plan.seed), plan.jobs,
                              plan.jobs == 1 ? "" : "s", seconds_since(start),
                              first == 0 ? "" : fmt::format(" since word {}", grouped(first))));
  }
  resume.remove();
}

}  // namespace tessera::cli
