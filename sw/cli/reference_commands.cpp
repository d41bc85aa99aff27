#include <algorithm>

#include <fmt/format.h>

#include "sw/cli/flag.hpp"
#include "sw/cli/markdown.hpp"
#include "sw/cli/reference_pages.hpp"

namespace tessera::cli {
namespace {

/// An option as its row shows it.
struct Row {
  std::string name;
  std::string argument;
  std::string initial;
  std::string values;
  std::string meaning;
};

/// The parameter that the option of `compare` sets, or null.
const Parameter* parameter_of(const CLI::Option& option) {
  if (option.get_group() != kParameterGroup) return nullptr;
  const auto& keys = keys_with_flags();
  const auto key = std::find_if(keys.begin(), keys.end(), [&](const std::string& one) {
    return flag_of(one) == option.get_name();
  });
  return key == keys.end() ? nullptr : find_parameter(*key);
}

bool is_repeated(const CLI::Option& option) { return option.get_items_expected_max() > 1; }

/// CLI11 has the type, then a colon and what is checked: "UINT:UINT in [1 - 64]".
void describe_type(const CLI::Option& option, Row& row) {
  if (option.get_type_size() == 0) return;
  const std::string type = option.get_type_name();
  const std::size_t colon = type.find(':');
  const std::string kind = type.substr(0, colon);
  row.argument = kind == "UINT" ? name_of(ValueKind::WholeNumber) : code(kind);
  if (colon == std::string::npos) return;
  const std::size_t from = type.find('[', colon);
  const std::size_t to = type.find(']', colon);
  row.values = type.substr(from + 1, to - from - 1);
  if (const std::size_t dash = row.values.find(" - "); dash != std::string::npos) {
    row.values.replace(dash, 3, " to ");
  }
}

Row row_of(const CLI::Option& option) {
  Row row;
  row.name = option.get_positional() ? option.get_name() : option.get_name(false, true);
  row.meaning = option.get_description();
  if (const Parameter* parameter = parameter_of(option)) {
    row.argument = name_of(parameter->kind);
    row.initial = default_text(*parameter);
    row.values = parameter->values;
    row.meaning = parameter->meaning;
    return row;
  }
  describe_type(option, row);
  row.initial = option.get_required() ? "required" : option.get_default_str();
  if (is_repeated(option)) {
    row.argument += option.get_positional() ? ", one or more" : ", may be repeated";
  }
  return row;
}

std::string options_table(const CLI::App& command) {
  std::string text;
  for (const CLI::Option* option : command.get_options()) {
    if (option == command.get_help_ptr()) continue;
    if (text.empty()) text = table_head({"option", "takes", "default", "values", "meaning"});
    const Row row = row_of(*option);
    text += table_row({code(row.name), row.argument, cell_by_workload(row.initial),
                       cell_by_workload(row.values), cell_by_workload(row.meaning)});
  }
  return text.empty() ? "" : "\n" + text;
}

void add_command(std::string& text, const CLI::App& command, const std::string& before) {
  const std::string name = before.empty() ? command.get_name() : before + " " + command.get_name();
  text += fmt::format("\n## `{}`\n\n{}\n{}", name, cell(command.get_description()),
                      options_table(command));
  for (const CLI::App* inner : command.get_subcommands([](const CLI::App*) { return true; })) {
    add_command(text, *inner, name);
  }
}

}  // namespace

std::string commands_reference(const CLI::App& root) {
  std::string text =
      "# Commands\n\n"
      "Every command with every option, as the program has them; `--help` behind any of them "
      "prints the same.\nWhere workloads differ in a default or in values, these stand by "
      "workload. This "
      "page is what `tessera reference commands` prints.\n";
  add_command(text, root, "");
  return text;
}

}  // namespace tessera::cli
