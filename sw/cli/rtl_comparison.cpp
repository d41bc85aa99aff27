#include "sw/cli/rtl_comparison.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <thread>

#include <fmt/core.h>

#include "model/types/user_error.hpp"
#include "sw/cli/interruption.hpp"
#include "sw/cli/number.hpp"
#include "sw/cli/progress.hpp"
#include "sw/cli/story.hpp"
#include "sw/pte_rtl/equivalence.hpp"
#include "sw/pte_rtl/fingerprint.hpp"
#include "sw/pte_rtl/lint.hpp"
#include "sw/pte_rtl/resume_file.hpp"
#include "sw/pte_rtl/simulation.hpp"
#include "sw/pte_rtl/temporary_folder.hpp"
#include "sw/report/atomic_file.hpp"
#include "sw/report/text_table.hpp"

namespace tessera::cli {
namespace {

using Clock = std::chrono::steady_clock;
using report::grouped;

constexpr std::uint64_t kRandomWords = 100'000'000;
constexpr std::uint64_t kAllWords = std::uint64_t{1} << 32;
constexpr std::uint64_t kMostJobs = 256;
constexpr std::chrono::seconds kBetweenSaves{5};

/// What the run is asked for.
struct Plan {
  pte_rtl::Decoder decoder;
  std::uint64_t words = 0;
  std::uint64_t seed = 0;
  unsigned jobs = 1;
  std::string resume;
};

/// What was compared so far.
struct Tally {
  std::uint64_t words = 0;
  bool proved = false;
  bool differs = false;
};

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

std::string words_text(std::uint64_t words) {
  return fmt::format("{} words, {} checks", grouped(words), grouped(words * pte_lab::kOutputs));
}

void print_verdict(const char* verdict, const std::string& text) {
  fmt::print("{:<15} {}\n", verdict, text);
  std::fflush(stdout);
}

void tell(const pte::Layout& layout, const pte_rtl::Difference& difference, const char* finder) {
  print_verdict("refuted", fmt::format("{} found a word that the decoder gets wrong", finder));
  print_story(pte_rtl::story_of(layout, difference));
}

void prove(const pte::Layout& layout, const Plan& plan, const std::string& contract, Tally& tally) {
  const Clock::time_point start = Clock::now();
  pte_lab::Solver solver;
  const pte_rtl::Equivalence result = pte_rtl::prove_equal(layout, plan.decoder, contract, solver);
  if (!result.obstacle.empty()) {
    print_verdict("not proved", "yosys cannot read the decoder: " + result.obstacle);
  } else if (result.difference) {
    tell(layout, *result.difference, "the solver");
    tally.differs = true;
  } else {
    tally.proved = true;
    print_verdict("proved",
                  fmt::format("all {} outputs are equal for all 2^{} words: yosys and z3, "
                              "{:.1f} s",
                              pte_lab::kOutputs, layout.width, seconds_since(start)));
  }
}

/// Everything that a run depends on.
std::uint64_t fingerprint_of(const pte::Layout& layout, const Plan& plan,
                             const pte_rtl::VerilatedDecoder& decoder) {
  std::string text = fmt::format("{} {} {}", plan.words, plan.seed, layout.width);
  for (const auto& term : pte_lab::decoded(layout, pte_lab::Term("pte"))) {
    text += term.term();
  }
  return pte_rtl::fingerprint(text, decoder.fingerprint());
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
    if (Clock::now() >= next_) {
      resume_.save(done);
      next_ = Clock::now() + kBetweenSaves;
    }
    return !interrupted();
  }

 private:
  std::string name_;
  const pte_rtl::ResumeFile& resume_;
  std::uint64_t first_;
  std::uint64_t size_;
  Progress progress_{"words"};
  Clock::time_point next_ = Clock::now() + kBetweenSaves;
};

std::string kinds_of_words(const pte_rtl::WordSequence& words, std::uint64_t seed) {
  if (words.exhaustive()) return "every word there is";
  return fmt::format("corners, walking bits, random ones with seed {}", seed);
}

void print_stop(const Plan& plan, std::uint64_t done) {
  const std::string rest = plan.resume.empty()
                               ? "with --resume FILE it could go on from there"
                               : fmt::format("--resume {} goes on from there", plan.resume);
  print_verdict("stopped",
                fmt::format("after {} without a difference; {}", words_text(done), rest));
}

void simulate(const pte::Layout& layout, const Plan& plan, const std::string& contract,
              Tally& tally) {
  const pte_rtl::VerilatedDecoder decoder(plan.decoder, contract);
  const pte_rtl::WordSequence words(layout, plan.words, plan.seed);
  const pte_rtl::ResumeFile resume(plan.resume, fingerprint_of(layout, plan, decoder));
  const std::uint64_t first = resume.words_done();
  const Clock::time_point start = Clock::now();
  pte_rtl::Simulated result;
  {
    Watch watch(layout.name, resume, first, words.size());
    result = pte_rtl::simulate(layout, decoder, words, {plan.jobs, first, std::ref(watch)});
  }
  tally.words = result.done;
  if (result.difference) {
    tell(layout, *result.difference, "the simulation");
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

std::string heading(const pte::Layout& layout, const pte_rtl::Decoder& decoder) {
  std::string text =
      fmt::format("{} against module {} at {}", layout.name, decoder.top, place_of(decoder));
  for (const std::string& parameter : decoder.parameters) {
    text += ", " + parameter;
  }
  return text;
}

/// Ctrl-C ends the other programs as well, and what they then say is no error of the user's.
void compare(const pte::Layout& layout, const Plan& plan, Tally& tally) {
  const pte_rtl::TemporaryFolder folder;
  const std::string contract = (folder.path() / "tessera_contract.sv").string();
  report::write_file(contract, contract_text(plan.decoder));
  pte_rtl::lint(plan.decoder, contract);
  fmt::print("{}\n", heading(layout, plan.decoder));
  prove(layout, plan, contract, tally);
  if (tally.differs || interrupted()) return;
  if (plan.words != 0) {
    simulate(layout, plan, contract, tally);
  } else if (!tally.proved) {
    throw UserError("--words 0 leaves nothing to compare; without it the decoder is simulated");
  }
}

}  // namespace

void RtlComparison::add(CLI::App& command) {
  command.add_option("--rtl", decoder_.files, "A decoder in RTL, compared with the one format")
      ->allow_extra_args(false);
  command.add_option("--top", decoder_.top, "The decoder's module");
  command.add_option("--parameter", decoder_.parameters, "NAME=VALUE, of the decoder's module")
      ->allow_extra_args(false);
  command.add_option("--words", words_,
                     "Random words shown to it besides the corners; 0: the proof alone (default: "
                     "10^8; of a 32-bit format every word)");
  command.add_option("--seed", seed_, "Of the random words (default 1)");
  command.add_option("--jobs", jobs_, "Threads (default: as many as the machine has)");
  command.add_option("--resume", resume_, "Where an interrupted run left off, and goes on");
}

bool RtlComparison::wanted() const {
  return !decoder_.files.empty() || !decoder_.top.empty() || !decoder_.parameters.empty() ||
         !words_.empty() || !jobs_.empty() || !resume_.empty();
}

ExitCode RtlComparison::run(const pte::Layout& layout) const {
  if (decoder_.files.empty()) throw UserError("check: no --rtl FILE; it names the decoder");
  if (decoder_.top.empty()) throw UserError("check: no --top NAME; it names the decoder's module");
  const std::uint64_t usual = layout.width == 32 ? kAllWords : kRandomWords;
  const std::uint64_t jobs =
      jobs_.empty() ? std::max(1U, std::thread::hardware_concurrency()) : number(jobs_, "--jobs");
  if (jobs < 1 || jobs > kMostJobs) {
    throw UserError(fmt::format("--jobs {}: write a number from 1 to {}", jobs, kMostJobs));
  }
  const Plan plan{decoder_, words_.empty() ? usual : number(words_, "--words"),
                  number(seed_, "--seed"), static_cast<unsigned>(jobs), resume_};
  Tally tally;
  try {
    compare(layout, plan, tally);
  } catch (const std::exception&) {
    if (!interrupted()) throw;
  }
  fmt::print("{}: {}, {}\n", layout.name, words_text(tally.words),
             tally.differs   ? "a difference"
             : interrupted() ? "not finished"
             : tally.proved  ? "no difference; proved"
                             : "no difference; not proved");
  if (tally.differs) return ExitCode::Mismatch;
  return interrupted() ? ExitCode::Interrupted : ExitCode::Success;
}

}  // namespace tessera::cli
