#include "sw/cli/workload_text.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "sw/cli/flag.hpp"
#include "sw/cli/parameter_lists.hpp"
#include "sw/workload/registry.hpp"

namespace tessera::cli {
namespace {

using workload::Description;

std::string value_text(const workload::Value& value) {
  return std::visit([](const auto& one) { return fmt::format("{}", one); }, value);
}

std::string indented(const std::string& story) {
  std::string text = "  ";
  for (const char c : story) {
    text += c;
    if (c == '\n') text += "  ";
  }
  return text;
}

std::string example_of(const Description& workload) {
  return fmt::format("tessera compare --workload {} {}", workload.name, workload.example);
}

std::string section_of(const Description& workload) {
  std::string text = fmt::format(
      "\n## `{}`\n\n{}\n\n| flag | meaning | default | range |\n"
      "|---|---|---|---|\n",
      workload.name, workload.story);
  for (const workload::Parameter& parameter : workload.parameters) {
    text += fmt::format("| `{}` | {} | {} | {} |\n", flag_of(parameter.key), parameter.meaning,
                        value_text(parameter.initial), range_of(parameter));
  }
  return text + fmt::format("\n    {}\n", example_of(workload));
}

}  // namespace

std::string workloads_overview() {
  std::string text;
  for (const Description& workload : workload::workloads()) {
    text += fmt::format("{}\n{}\n\n", workload.name, indented(workload.story));
  }
  return text + "`tessera workloads NAME` shows what one of them can be told.\n";
}

std::string workload_details(const Description& workload) {
  std::string text = fmt::format("{}\n{}\n\n", workload.name, indented(workload.story));
  std::size_t width = 0;
  for (const workload::Parameter& parameter : workload.parameters) {
    width = std::max(width, flag_of(parameter.key).size());
  }
  for (const workload::Parameter& parameter : workload.parameters) {
    const std::string range = range_of(parameter);
    text += fmt::format("  {:<{}}  {}\n  {:<{}}  default {}{}\n", flag_of(parameter.key), width,
                        parameter.meaning, "", width, value_text(parameter.initial),
                        range.empty() ? "" : "; " + range);
  }
  return text + fmt::format("\nTry: {}\n", example_of(workload));
}

std::string workloads_page() {
  std::string text =
      "# Workloads\n\n"
      "Where the accesses of `tessera compare` come from. `tessera workloads` lists them,\n"
      "`tessera workloads NAME` shows one; a flag of another workload is an error. This page is\n"
      "what `tessera workloads --markdown` prints.\n";
  for (const Description& workload : workload::workloads()) {
    text += section_of(workload);
  }
  return text;
}

}  // namespace tessera::cli
