#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <exception>
#include <stdexcept>
#include <string>
#include <system_error>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/core.h>
#include <fmt/ranges.h>

#include "model/types/user_error.hpp"
#include "sw/cli/check_command.hpp"
#include "sw/cli/compare_command.hpp"
#include "sw/cli/diff_command.hpp"
#include "sw/cli/exit_code.hpp"
#include "sw/cli/given_options.hpp"
#include "sw/cli/pte_command.hpp"
#include "sw/cli/reference_command.hpp"
#include "sw/cli/replay_command.hpp"
#include "sw/cli/replay_vm_command.hpp"
#include "sw/cli/report_command.hpp"
#include "sw/cli/resume_command.hpp"
#include "sw/cli/suggestion.hpp"
#include "sw/cli/sweep_command.hpp"
#include "sw/cli/workloads_command.hpp"
#include "sw/machine/run.hpp"
#include "sw/report/version.hpp"

namespace {

using tessera::cli::ExitCode;

int complain(const char* what, ExitCode code) {
  fmt::print(stderr, "tessera: {}\n", what);
  return static_cast<int>(code);
}

/// CLI11 explains itself over several lines; people get the first.
std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

std::vector<const CLI::App*> subcommands_of(const CLI::App& app) {
  return app.get_subcommands([](const CLI::App*) { return true; });
}

/// The innermost command that was named.
const CLI::App& chosen_of(const CLI::App& app) {
  const auto chosen = app.get_subcommands();
  return chosen.empty() ? app : chosen_of(*chosen.front());
}

/// A command that takes something itself, besides what its own commands do.
bool takes_words(const CLI::App& app) {
  const auto options = app.get_options();
  return std::any_of(options.begin(), options.end(),
                     [](const CLI::Option* option) { return option->get_positional(); });
}

/// Every word that may stand next: commands, or options.
std::vector<std::string> known_words(const CLI::App& app) {
  std::vector<std::string> words;
  for (const CLI::App* command : subcommands_of(app)) {
    words.push_back(command->get_name());
  }
  if (words.empty() || takes_words(app)) {
    for (const CLI::Option* option : app.get_options()) {
      words.push_back(option->get_name());
    }
  }
  return words;
}

/// CLI11 lists what it does not know without saying what is near.
void refuse_unknown_words(const CLI::App& app) {
  const CLI::App& chosen = chosen_of(app);
  const std::vector<std::string> unknown = app.remaining(true);
  const auto flag = std::find_if(unknown.begin(), unknown.end(),
                                 [](const std::string& word) { return word[0] == '-'; });
  if (!unknown.empty()) {
    const std::string& word =
        flag == unknown.end() || !subcommands_of(chosen).empty() ? unknown.front() : *flag;
    throw tessera::UserError(fmt::format("there is no '{}'{}", word,
                                         tessera::cli::suggestion(word, known_words(chosen))));
  }
  if (!subcommands_of(chosen).empty() && !takes_words(chosen)) {
    throw tessera::UserError(fmt::format("{}: no command; there is {}", chosen.get_name(),
                                         fmt::join(known_words(chosen), ", ")));
  }
}

int run(int argc, char** argv) {
  CLI::App app("A cycle-accurate MMU/TLB laboratory: what does a mapping choice cost the MMU?",
               "tessera");
  app.set_version_flag("--version", tessera::report::kVersion);
  app.allow_extras();
  const tessera::cli::CompareCommand compare(app);
  const tessera::cli::ResumeCommand resume(app);
  const tessera::cli::ReportCommand report(app);
  const tessera::cli::DiffCommand diff(app);
  const tessera::cli::WorkloadsCommand workloads(app);
  const tessera::cli::SweepCommand sweep(app);
  const tessera::cli::ReplayMmuCommand replay_mmu(app);
  const tessera::cli::ReplayVmCommand replay_vm(app);
  const tessera::cli::CheckSemanticsCommand check_semantics(app);
  const tessera::cli::PteCommand pte(app);
  const tessera::cli::ReferenceCommand reference(app);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) {
      return app.exit(error);
    }
    throw tessera::UserError(first_line(error.what()));
  }
  refuse_unknown_words(app);
  tessera::cli::check_given_options(chosen_of(app));
  for (const tessera::cli::Command* command : std::initializer_list<const tessera::cli::Command*>{
           &compare, &resume, &report, &diff, &workloads, &sweep, &replay_mmu, &replay_vm,
           &check_semantics, &pte, &reference}) {
    if (command->chosen()) {
      return static_cast<int>(command->run());
    }
  }
  throw std::logic_error("a command that nobody runs");
}

/// What was printed into a full disk or a closed pipe was not said.
int insist_on_output(int code) {
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return code;
  throw tessera::UserError(fmt::format("cannot write to the standard output: {}",
                                       std::generic_category().message(errno)));
}

}  // namespace

int main(int argc, char** argv) {
  // A file above a limit of its size is then a failed write, and said so, like a full disk.
  std::signal(SIGXFSZ, SIG_IGN);
  try {
    return insist_on_output(run(argc, argv));
  } catch (const tessera::UserError& error) {
    return complain(error.what(), ExitCode::UserError);
  } catch (const std::exception& error) {
    return complain(error.what(), ExitCode::InternalError);
  }
}
