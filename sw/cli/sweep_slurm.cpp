#include "sw/cli/sweep_slurm.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <set>
#include <thread>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include "model/types/user_error.hpp"
#include "sw/cli/interruption.hpp"
#include "sw/cli/progress.hpp"
#include "sw/pte_rtl/program.hpp"
#include "sw/report/atomic_file.hpp"
#include "sw/workload/text_source.hpp"

namespace tessera::cli {
namespace {

namespace fs = std::filesystem;

constexpr unsigned kSubmissions = 3;
constexpr std::chrono::milliseconds kBetweenLooks{1000};
constexpr const char* kPackage = "slurm-client";

/// One line of what a program said.
std::string one_line(std::string text) {
  while (!text.empty() && text.back() == '\n') {
    text.pop_back();
  }
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

/// Of what sbatch says: its last line is "7" or "7;cluster"; warnings may stand before.
std::string job_number(const std::string& output) {
  const std::size_t last = output.find_last_not_of('\n');
  const std::string lines = output.substr(0, last == std::string::npos ? 0 : last + 1);
  const std::size_t begin = lines.rfind('\n') + 1;  // 0 where there is none
  return lines.substr(begin, lines.find(';', begin) - begin);
}

/// A word of the shell, whatever is in it.
std::string quoted_word(const std::string& text) {
  std::string word = "'";
  for (const char c : text) {
    word += c == '\'' ? std::string("'\\''") : std::string(1, c);
  }
  return word + "'";
}

/// The array of tasks, and the folder of its slices.
class SlurmArray {
 public:
  SlurmArray(const SweepPlan& plan, const SlurmChoices& choices, sweep::Database& database)
      : plan_(plan),
        choices_(choices),
        database_(database),
        folder_(fs::absolute(database.sqlite().path() + ".slurm")) {
    std::error_code error;
    fs::create_directories(folder_, error);
    if (error) {
      throw UserError(
          fmt::format("{}: cannot make this folder: {}", folder_.string(), error.message()));
    }
  }

  void run() {
    collect(Tell::Nothing);
    if (missing_slices().empty()) return;
    wait();  // for what an earlier call has submitted
    for (unsigned i = 0; i < kSubmissions && !interrupted(); ++i) {
      const std::set<std::uint64_t> slices = missing_slices();
      if (slices.empty()) return;
      submit(slices);
      wait();
    }
  }

 private:
  fs::path slice_path(std::uint64_t number) const {
    return folder_ / fmt::format("slice-{}-of-{}.sqlite", number, choices_.tasks);
  }

  /// The number of the array that was submitted last is kept here.
  fs::path job_path() const { return folder_ / "job"; }

  std::set<std::uint64_t> missing_slices() {
    const std::vector<std::string> keys = database_.missing();
    const std::set<std::string> missing(keys.begin(), keys.end());
    std::set<std::uint64_t> slices;
    for (std::size_t i = 0; i < plan_.plan.runs.size(); ++i) {
      if (missing.contains(plan_.plan.runs[i].key)) slices.insert(i % choices_.tasks);
    }
    return slices;
  }

  std::string script() const {
    const std::string slice = fmt::format("{}/slice-$SLURM_ARRAY_TASK_ID-of-{}.sqlite",
                                          quoted_word(folder_.string()), choices_.tasks);
    return fmt::format(
        "#!/bin/sh\n"
        "exec {} sweep {} --slice $SLURM_ARRAY_TASK_ID/{} -o {} --jobs "
        "\"${{SLURM_CPUS_ON_NODE:-1}}\"\n",
        quoted_word(fs::read_symlink("/proc/self/exe").string()),
        quoted_word(fs::absolute(choices_.file).string()), choices_.tasks, slice);
  }

  void submit(const std::set<std::uint64_t>& slices) {
    const std::string path = (folder_ / "job.sh").string();
    report::write_file(path, script());
    const pte_rtl::Ended ended = pte_rtl::run_program(
        {"sbatch", "--parsable", "--requeue", fmt::format("--array={}", fmt::join(slices, ",")),
         "--job-name=tessera-sweep", "--output=" + (folder_ / "task-%a.log").string(),
         "--chdir=" + fs::current_path().string(), path},
        kPackage);
    if (ended.exit_code != 0) {
      throw UserError(fmt::format("sbatch does not take the job: {}", one_line(ended.output)));
    }
    const std::string job = job_number(ended.output);
    report::write_file(job_path().string(), job + "\n");
    fmt::print(stderr, "Slurm job {}: {} tasks\n", job, slices.size());
  }

  /// Some task of the array waits or runs.
  bool under_way() const {
    if (!fs::exists(job_path())) return false;
    const std::string job = one_line(workload::read_text(job_path().string()));
    const pte_rtl::Ended ended =
        pte_rtl::run_program({"squeue", "--noheader", "--jobs=" + job, "--format=%i"}, kPackage);
    // A number that Slurm has forgotten is an error of squeue's; so is a controller that is away.
    if (ended.exit_code != 0 && ended.output.find("Invalid job id") == std::string::npos) {
      throw UserError(fmt::format("squeue: {}", one_line(ended.output)));
    }
    return ended.exit_code == 0 && !one_line(ended.output).empty();
  }

  void wait() {
    const std::uint64_t all = database_.missing().size();
    Progress progress("runs");
    while (under_way() && !interrupted()) {
      collect(Tell::Nothing);
      progress.show(plan_.plan.name, all - database_.missing().size(), all);
      std::this_thread::sleep_for(kBetweenLooks);
    }
    progress.clear();
    collect(Tell::Failures);
  }

  enum class Tell : std::uint8_t { Nothing, Failures };

  /// A slice that a task is just making, or that a failed node has left without tables, has no
  /// rows.
  void collect(Tell tell) {
    for (std::uint64_t i = 0; i < choices_.tasks; ++i) {
      const std::string path = slice_path(i).string();
      if (!fs::exists(path)) continue;
      try {
        database_.merge(path);
      } catch (const UserError& error) {
        if (tell == Tell::Failures) fmt::print(stderr, "not collected: {}\n", error.what());
      }
    }
  }

  const SweepPlan& plan_;
  const SlurmChoices& choices_;
  sweep::Database& database_;
  fs::path folder_;
};

}  // namespace

void require_slurm() {
  pte_rtl::run_program({"sbatch", "--version"}, kPackage);
  const std::string user = fmt::format("--user={}", getuid());
  const pte_rtl::Ended ended =
      pte_rtl::run_program({"squeue", "--noheader", user, "--format=%i"}, kPackage);
  if (ended.exit_code != 0) throw UserError(fmt::format("squeue: {}", one_line(ended.output)));
}

void run_on_slurm(const SweepPlan& plan, const SlurmChoices& choices, sweep::Database& database) {
  SlurmArray(plan, choices, database).run();
}

}  // namespace tessera::cli
