#include "sw/cli/rtl_comparison.hpp"

#include <algorithm>
#include <thread>

#include <fmt/core.h>

#include "model/types/user_error.hpp"
#include "sw/cli/interruption.hpp"
#include "sw/cli/number.hpp"
#include "sw/cli/rtl_simulation.hpp"
#include "sw/pte_rtl/equivalence.hpp"
#include "sw/pte_rtl/lint.hpp"
#include "sw/pte_rtl/verilated_decoder.hpp"
#include "sw/report/atomic_file.hpp"
#include "sw/report/temporary_folder.hpp"

namespace tessera::cli {
namespace {

constexpr std::uint64_t kRandomWords = 100'000'000;
constexpr std::uint64_t kAllWords = std::uint64_t{1} << 32;
constexpr std::uint64_t kMostWords = std::uint64_t{1} << 48;
constexpr std::uint64_t kMostJobs = 256;

/// Whether Verilator reads the decoder as yosys does, and so finds the same word wrong.
bool confirmed(const RtlPlan& plan, const std::string& contract,
               const pte_rtl::Difference& difference) {
  if (plan.words == 0) return true;
  const pte_rtl::VerilatedDecoder decoder(plan.decoder, contract);
  return pte_rtl::VerilatedDecoder::Instance(decoder)(difference.word) != difference.expected;
}

void prove_rtl(const pte::Layout& layout, const RtlPlan& plan, const std::string& contract,
               RtlTally& tally) {
  const std::chrono::steady_clock::time_point start = std::chrono::steady_clock::now();
  pte_lab::Solver solver;
  const pte_rtl::Equivalence result = pte_rtl::prove_equal(layout, plan.decoder, contract, solver);
  if (!result.obstacle.empty()) {
    print_verdict("not proved", "yosys cannot read the decoder: " + result.obstacle);
  } else if (result.difference && !confirmed(plan, contract, *result.difference)) {
    print_verdict("not proved",
                  fmt::format("yosys reads the decoder otherwise than Verilator does: "
                              "of word {:#x} only Verilator's is right",
                              result.difference->word));
  } else if (result.difference) {
    print_difference(layout, *result.difference, "the solver");
    tally.differs = true;
  } else {
    tally.proved = true;
    print_verdict("proved",
                  fmt::format("all {} outputs are equal for all 2^{} words: yosys and z3, "
                              "{:.1f} s",
                              pte_lab::kOutputs, layout.width, seconds_since(start)));
  }
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
void compare_decoder(const pte::Layout& layout, const RtlPlan& plan, RtlTally& tally) {
  const report::TemporaryFolder folder;
  const std::string contract = (folder.path() / "tessera_contract.sv").string();
  report::write_file(contract, contract_text(plan.decoder));
  pte_rtl::lint(plan.decoder, contract);
  fmt::print("{}\n", heading(layout, plan.decoder));
  prove_rtl(layout, plan, contract, tally);
  if (tally.differs || interrupted()) return;
  if (plan.words != 0) {
    simulate_rtl(layout, plan, contract, tally);
  } else if (!tally.proved) {
    throw UserError("--words 0 leaves nothing to compare; without it the decoder is simulated");
  }
}

}  // namespace

void RtlComparison::add(CLI::App& command) {
  command.add_option("--rtl", decoder_.files, "A decoder in RTL, compared with the one format")
      ->type_name("FILE")
      ->allow_extra_args(false);
  command.add_option("--top", decoder_.top, "The decoder's module")->type_name("NAME");
  command.add_option("--parameter", decoder_.parameters, "NAME=VALUE, of the decoder's module")
      ->type_name("NAME=VALUE")
      ->allow_extra_args(false);
  command
      .add_option("--words", words_,
                  "Random words shown to it besides the corners; 0: the proof alone")
      ->default_str("10^8; of a 32-bit format every word")
      ->type_name("NUMBER");
  command.add_option("--seed", seed_, "Of the random words")->default_str("1")->type_name("NUMBER");
  command.add_option("--jobs", jobs_, "Threads")
      ->default_str("as many as the machine has")
      ->type_name("NUMBER");
  command.add_option("--resume", resume_, "Where an interrupted run left off, and goes on")
      ->type_name("FILE");
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
  const std::uint64_t words = words_.empty() ? usual : number(words_, "--words");
  if (words > kMostWords) throw UserError(fmt::format("--words {}: at most 2^48", words));
  const RtlPlan plan{decoder_, words, number(seed_, "--seed"), static_cast<unsigned>(jobs),
                     resume_};
  if (!resume_.empty()) report::check_writable(resume_);
  RtlTally tally;
  try {
    compare_decoder(layout, plan, tally);
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
