#include "sw/cli/given_options.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/core.h>

#include "model/types/user_error.hpp"

namespace tessera::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::array kWritten{"--json",       "--html",   "--timeline", "--wave",
                              "--checkpoint", "--output", "--csv",      "--svg"};
constexpr std::array kRead{"--config", "--stream"};

struct GivenFile {
  std::string name;  ///< of the option
  std::string path;
  bool written = false;
};

/// "--output", or "FILE" of one that has no name.
std::string name_of(const CLI::Option& option) {
  return option.get_lnames().empty() ? option.get_name(true) : "--" + option.get_lnames().front();
}

template <class Names>
bool is_among(const Names& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_same_file(const fs::path& a, const fs::path& b) {
  std::error_code error;
  return fs::weakly_canonical(a, error) == fs::weakly_canonical(b, error);
}

/// Of a word that stands by itself, whatever it means: it is a file if there is one.
bool is_read(const CLI::Option& option, const std::string& value) {
  std::error_code error;
  return is_among(kRead, name_of(option)) ||
         (option.get_positional() && fs::is_regular_file(value, error));
}

std::vector<GivenFile> files_of(const CLI::App& command) {
  std::vector<GivenFile> files;
  for (const CLI::Option* option : command.get_options()) {
    const bool written = is_among(kWritten, name_of(*option));
    for (const std::string& value : option->results()) {
      if (written || is_read(*option, value)) files.push_back({name_of(*option), value, written});
    }
  }
  return files;
}

}  // namespace

void check_given_options(const CLI::App& command) {
  for (const CLI::Option* option : command.get_options()) {
    const auto& values = option->results();
    if (std::find(values.begin(), values.end(), "") != values.end()) {
      throw UserError(fmt::format("{}: its value is empty", name_of(*option)));
    }
  }
  const std::vector<GivenFile> files = files_of(command);
  for (std::size_t i = 0; i < files.size(); ++i) {
    for (std::size_t k = i + 1; k < files.size(); ++k) {
      if ((files[i].written || files[k].written) && is_same_file(files[i].path, files[k].path)) {
        throw UserError(fmt::format("{}: the same file as that of {}; it can be one of them",
                                    files[k].path, files[i].name));
      }
    }
  }
}

}  // namespace tessera::cli
