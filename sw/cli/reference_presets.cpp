#include <algorithm>

#include <fmt/format.h>

#include "sw/cli/markdown.hpp"
#include "sw/cli/reference_pages.hpp"
#include "sw/machine/engines.hpp"
#include "sw/machine/walkers.hpp"

namespace tessera::cli {
namespace {

using Names = std::vector<std::string_view>;

/// The values of all parameters, a preset apart.
std::vector<nlohmann::ordered_json> values_by_preset(const std::string& preset,
                                                     const Names& names) {
  std::vector<nlohmann::ordered_json> values;
  values.reserve(names.size());
  for (const std::string_view name : names) {
    values.push_back(values_of(configure({{preset, std::string(name), preset}})));
  }
  return values;
}

/// The parameters in which presets differ, a column a preset.
std::string differences(const std::string& preset, const Names& names) {
  const auto values = values_by_preset(preset, names);
  std::vector<std::string> columns{"parameter"};
  for (const std::string_view name : names) columns.push_back(code(name));
  std::string text = table_head(columns);
  for (const Parameter& parameter : parameters()) {
    const std::string& key = parameter.key;
    const auto same = [&](const auto& one) { return one[key] == values.front()[key]; };
    if (key == preset || std::all_of(values.begin(), values.end(), same)) continue;
    std::vector<std::string> cells{code(key)};
    for (const auto& one : values) {
      cells.push_back(cell(one[key].is_string() ? one[key].get<std::string>() : one[key].dump()));
    }
    text += table_row(cells);
  }
  return text;
}

/// The kernels that a run can have: those whose time is known.
Names timed_kernels() {
  Names names;
  for (const std::string_view name : vm::kernel_names()) {
    if (vm::find_kernel(name)->has_costs()) names.push_back(name);
  }
  return names;
}

const char* remapping_of(const vm::Personality& kernel) {
  if (kernel.remap.is_emulated) return "emulated: VMAs";
  return kernel.remap.forgets_offsets ? "native; offsets are forgotten with the pages"
                                      : "native: file PTEs";
}

std::string kernels_table() {
  std::string text = table_head({"kernel", "`remap_file_pages`", "time"});
  for (const std::string_view name : vm::kernel_names()) {
    const vm::Personality& kernel = *vm::find_kernel(name);
    text += table_row({code(name), remapping_of(kernel),
                       kernel.has_costs() ? std::string(kernel.cost_source)
                                          : "none: for `replay vm` and `check semantics` alone"});
  }
  return text;
}

/// "yes" or nothing.
std::string mark(bool value) { return value ? "yes" : ""; }

std::string file_systems_table() {
  std::string text = table_head({"file system", "notices first writes", "reads missing pages",
                                 "pages read around", "pages can be reclaimed", "punches holes"});
  for (const std::string_view name : vm::file_system_names()) {
    const vm::FileSystem& one = *vm::find_file_system(name);
    text += table_row({code(name), mark(one.accounts_dirty), mark(one.faults_read_pages),
                       fmt::format("{}", one.read_around.value()), mark(one.can_reclaim),
                       mark(one.punches_holes)});
  }
  return text;
}

}  // namespace

std::string cores_reference() {
  std::string text =
      "# Cores\n\n"
      "`--core` is a preset of all `mmu` and `timing` parameters ([parameters](parameters.md) says "
      "what each means). The second table has\nthose in which the presets differ. This page is "
      "what `tessera reference cores` prints.\n\n";
  text += table_head({"core", "what it is"});
  for (const std::string_view name : mmu::core_names()) {
    text += table_row({code(name), cell(mmu::find_core(name)->description)});
  }
  return text + "\n" + differences("core", mmu::core_names());
}

std::string kernels_reference() {
  return "# Kernels\n\n"
         "`--kernel` is a preset of `vm` and `cost` parameters ([parameters](parameters.md) says "
         "what each means), and of how the\nkernel maps, faults and flushes "
         "([the VM layer](../vm-library.md)). The second table has the parameters in which the "
         "presets differ.\nThis page is what `tessera reference kernels` prints.\n\n" +
         kernels_table() + "\n" + differences("kernel", timed_kernels());
}

std::string choices_reference() {
  std::string text =
      "# Methods, walkers, engines, file systems\n\n"
      "This page is what `tessera reference choices` prints.\n\n"
      "## `--methods`\n\nHow an element of the window gets to show another part of the file.\n\n";
  text += table_head({"method", "what the program calls", "user instructions of the call"});
  for (const machine::MethodDescription& method : machine::methods()) {
    text += table_row(
        {code(method.name), cell(method.call), fmt::format("{}", method.stub_instructions)});
  }
  text += "\n## `--walker`\n\nWho walks the page tables.\n\n" + table_head({"walker", "what"});
  for (const machine::WalkerDescription& walker : machine::walkers()) {
    text += table_row({code(walker.name), cell(walker.description)});
  }
  text += "\n## `--engine`\n\nWhat runs the MMU: the same results in the same cycles.\n\n" +
          table_head({"engine", "what", "waves"});
  for (const machine::EngineDescription& engine : machine::engines()) {
    text += table_row({code(engine.name), cell(engine.description), code(engine.wave_extension)});
  }
  return text + "\n## `--file-system`\n\nWhere the file is.\n\n" + file_systems_table();
}

}  // namespace tessera::cli
