#include <fmt/format.h>

#define TOML_EXCEPTIONS 1
#include <toml++/toml.h>

#include "model/types/user_error.hpp"
#include "sw/cli/configuration.hpp"
#include "sw/workload/text_source.hpp"

namespace tessera::cli {
namespace {

/// Turns the tables of a file into dotted keys.
class Flattener {
 public:
  explicit Flattener(std::string path) : path_(std::move(path)) {}

  void flatten(const toml::table& table, const std::string& prefix) {
    for (const auto& [key, node] : table) {
      const std::string full = prefix + std::string(key.str());
      if (const toml::table* inner = node.as_table()) {
        flatten(*inner, full + ".");
      } else {
        const std::string origin = fmt::format("{}:{}", path_, node.source().begin.line);
        assignments_.push_back({full, value_of(node, full, origin), origin});
      }
    }
  }

  std::vector<Assignment> take() { return std::move(assignments_); }

 private:
  static std::string value_of(const toml::node& node, const std::string& key,
                              const std::string& origin) {
    if (const auto* text = node.as_string()) {
      return text->get();
    }
    if (const auto* number = node.as_integer()) {
      return std::to_string(number->get());
    }
    if (const auto* number = node.as_floating_point()) {
      return fmt::format("{}", number->get());
    }
    if (const auto* flag = node.as_boolean()) {
      return flag->get() ? "true" : "false";
    }
    throw UserError(fmt::format("{}: '{}' must be a number, a string, true or false", origin, key));
  }

  std::string path_;
  std::vector<Assignment> assignments_;
};

}  // namespace

std::vector<Assignment> read_config_file(const std::string& path) {
  const std::string text = workload::read_text(path);
  try {
    Flattener flattener(path);
    flattener.flatten(toml::parse(text), "");
    return flattener.take();
  } catch (const toml::parse_error& error) {
    throw UserError(fmt::format("{}:{}: {}", path, error.source().begin.line, error.description()));
  }
}

}  // namespace tessera::cli
