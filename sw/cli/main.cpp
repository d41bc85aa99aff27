#include <algorithm>
#include <cstdio>
#include <exception>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/core.h>

#include "model/types/user_error.hpp"
#include "sw/cli/compare_command.hpp"
#include "sw/cli/exit_code.hpp"
#include "sw/cli/suggestion.hpp"
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

/// Every word that may stand where an unknown one stood: commands, or the command's options.
std::vector<std::string> known_words(const CLI::App& app) {
  std::vector<std::string> words;
  const auto chosen = app.get_subcommands();
  if (chosen.empty()) {
    for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
      words.push_back(command->get_name());
    }
    return words;
  }
  for (const CLI::Option* option : chosen.front()->get_options()) {
    words.push_back(option->get_name());
  }
  return words;
}

/// CLI11 lists what it does not know without saying what is near.
void refuse_unknown_words(const CLI::App& app) {
  const std::vector<std::string> unknown = app.remaining(true);
  const auto flag = std::find_if(unknown.begin(), unknown.end(),
                                 [](const std::string& word) { return word[0] == '-'; });
  if (!unknown.empty()) {
    const std::string& word = flag == unknown.end() ? unknown.front() : *flag;
    throw tessera::UserError(
        fmt::format("there is no '{}'{}", word, tessera::cli::suggestion(word, known_words(app))));
  }
  if (app.get_subcommands().empty()) {
    throw tessera::UserError("no command; try 'tessera compare' or 'tessera --help'");
  }
}

int run(int argc, char** argv) {
  CLI::App app("A cycle-accurate MMU/TLB laboratory: what does a mapping choice cost the MMU?",
               "tessera");
  app.set_version_flag("--version", tessera::report::kVersion);
  app.allow_extras();
  const tessera::cli::CompareCommand compare(app);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) {
      return app.exit(error);
    }
    throw tessera::UserError(first_line(error.what()));
  }
  refuse_unknown_words(app);
  return static_cast<int>(compare.run());
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const tessera::UserError& error) {
    return complain(error.what(), ExitCode::UserError);
  } catch (const std::exception& error) {
    return complain(error.what(), ExitCode::InternalError);
  }
}
