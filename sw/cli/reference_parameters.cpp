#include <fmt/format.h>

#include "sw/cli/flag.hpp"
#include "sw/cli/markdown.hpp"
#include "sw/cli/parameter_lists.hpp"
#include "sw/cli/reference_pages.hpp"
#include "sw/workload/registry.hpp"

namespace tessera::cli {
namespace {

/// As a user writes it.
std::string value_text(const nlohmann::json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

/// "mmu" of "mmu.tlb0_sets"; nothing of "core".
std::string table_of(const std::string& key) {
  const std::size_t dot = key.rfind('.');
  return dot == std::string::npos ? "" : key.substr(0, dot);
}

std::string heading_of(const std::string& table) {
  const std::string title = table.empty() ? "Without a table" : fmt::format("`[{}]`", table);
  return fmt::format("\n## {}\n\n", title) +
         table_head({"key", "takes", "default", "values", "meaning"});
}

}  // namespace

std::string default_text(const Parameter& parameter) {
  if (workload::workloads_with(parameter.key).empty()) {
    return value_text(parameter.get(Configuration()));
  }
  return by_workload(parameter.key, [](const workload::Parameter& own) {
    return std::visit([](const auto& value) { return fmt::format("{}", value); }, own.initial);
  });
}

std::string parameters_reference() {
  std::string text =
      "# Parameters\n\n"
      "Every parameter there is: what `--print-config` prints, `--config` reads and `--set "
      "KEY=VALUE` changes; a key with a flag of its\nown says so in "
      "[commands](commands.md#tessera-compare). "
      "Defaults are those of core e500mc and Linux 3.8; what other presets are is in\n"
      "[cores](cores.md) and [kernels](kernels.md). Which of the `mmu` sizes fit together is "
      "checked when a machine is built. Where\nworkloads differ, they are named. This page is what "
      "`tessera reference parameters` prints.\n";
  std::string table = "none yet";
  for (const Parameter& parameter : parameters()) {
    if (table_of(parameter.key) != table) {
      table = table_of(parameter.key);
      text += heading_of(table);
    }
    text += table_row({code(parameter.key), name_of(parameter.kind),
                       cell_by_workload(default_text(parameter)),
                       cell_by_workload(parameter.values), cell_by_workload(parameter.meaning)});
  }
  return text;
}

}  // namespace tessera::cli
