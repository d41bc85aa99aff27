#include "sw/cli/toml_file.hpp"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "model/types/user_error.hpp"
#include "sw/workload/text_source.hpp"

namespace tessera::cli {
namespace {

namespace fs = std::filesystem;

TomlFile read_toml_file(const std::string& path) {
  const std::string text = workload::read_text(path);
  try {
    return {path, toml::parse(text)};
  } catch (const toml::parse_error& error) {
    throw UserError(fmt::format("{}:{}: {}", path, error.source().begin.line, error.description()));
  }
}

/// The path of the file that this one extends; empty when there is none.
std::string base_of(const TomlFile& file) {
  const toml::node* node = file.table.get(kExtends);
  if (node == nullptr) return "";
  if (!node->is_string()) {
    throw UserError(fmt::format("{}: '{}' must be the path of a file, as a string",
                                place_of(file, *node), kExtends));
  }
  return (fs::path(file.path).parent_path() / node->as_string()->get()).string();
}

void refuse_circle(const std::vector<TomlFile>& files, const std::string& next) {
  std::vector<std::string> chain;
  chain.reserve(files.size() + 1);
  for (const TomlFile& file : files) {
    chain.push_back(file.path);
  }
  const bool met = std::any_of(chain.begin(), chain.end(), [&](const std::string& path) {
    return fs::weakly_canonical(path) == fs::weakly_canonical(next);
  });
  if (!met) return;
  throw UserError(fmt::format("{}: files extend each other in a circle: {} -> {}",
                              place_of(files.back(), *files.back().table.get(kExtends)),
                              fmt::join(chain, " -> "), next));
}

}  // namespace

std::vector<TomlFile> read_toml_files(const std::string& path) {
  std::vector<TomlFile> files;
  for (std::string next = path; !next.empty(); next = base_of(files.back())) {
    if (!files.empty()) refuse_circle(files, next);
    files.push_back(read_toml_file(next));
  }
  std::reverse(files.begin(), files.end());
  return files;
}

std::string place_of(const TomlFile& file, const toml::node& node) {
  return fmt::format("{}:{}", file.path, node.source().begin.line);
}

std::string scalar_text(const toml::node& node, const std::string& key, const std::string& origin) {
  if (const auto* text = node.as_string()) return text->get();
  if (const auto* number = node.as_integer()) return std::to_string(number->get());
  if (const auto* number = node.as_floating_point()) return fmt::format("{}", number->get());
  if (const auto* flag = node.as_boolean()) return flag->get() ? "true" : "false";
  throw UserError(fmt::format("{}: '{}' must be a number, a string, true or false", origin, key));
}

std::vector<Assignment> flattened(const TomlFile& file, const toml::table& table,
                                  const std::string& prefix) {
  std::vector<Assignment> assignments;
  for (const auto& [key, node] : table) {
    const std::string full = prefix + std::string(key.str());
    if (const toml::table* inner = node.as_table()) {
      const std::vector<Assignment> more = flattened(file, *inner, full + ".");
      assignments.insert(assignments.end(), more.begin(), more.end());
    } else {
      const std::string origin = place_of(file, node);
      assignments.push_back({full, scalar_text(node, full, origin), origin});
    }
  }
  return assignments;
}

}  // namespace tessera::cli
