#include <algorithm>
#include <functional>
#include <map>

#include "sw/cli/parameter_kinds.hpp"
#include "sw/cli/parameter_lists.hpp"

namespace tessera::cli {
namespace {

constexpr std::uint64_t kAny = std::numeric_limits<std::uint64_t>::max();
constexpr std::uint64_t kPages = 1ULL << 31;

const Names<WorkloadKind>& workload_names() {
  static const Names<WorkloadKind> names{{"window", WorkloadKind::Window},
                                         {"dbwin", WorkloadKind::Dbwin},
                                         {"reverse", WorkloadKind::Reverse}};
  return names;
}

Names<machine::Method> method_names() {
  Names<machine::Method> names;
  names.reserve(machine::methods().size());
  for (const machine::MethodDescription& method : machine::methods()) {
    names.emplace_back(method.name, method.method);
  }
  return names;
}

std::vector<machine::Method> parse_methods(const std::string& text) {
  std::vector<machine::Method> chosen;
  std::size_t at = 0;
  while (at <= text.size()) {
    const std::size_t comma = std::min(text.find(',', at), text.size());
    const machine::Method method = parse_name(method_names(), text.substr(at, comma - at));
    if (std::find(chosen.begin(), chosen.end(), method) != chosen.end()) {
      throw UserError(fmt::format("'{}' names a method twice", text));
    }
    chosen.push_back(method);
    at = comma + 1;
  }
  return chosen;
}

std::string join_methods(const std::vector<machine::Method>& methods) {
  std::vector<std::string_view> names;
  names.reserve(methods.size());
  for (const machine::Method method : methods) {
    names.push_back(machine::describe(method).name);
  }
  return fmt::format("{}", fmt::join(names, ","));
}

Parameter methods_parameter() {
  return {"methods",
          fmt::format("mapping methods to compare, comma-separated: {}",
                      fmt::join(texts_of(method_names()), ", ")),
          [](const Configuration& c) -> nlohmann::json { return join_methods(c.methods); },
          [](Configuration& c, const std::string& text) { c.methods = parse_methods(text); }};
}

Parameter stream_parameter() {
  return {"stream",
          fmt::format("block stream of window: a file, plain or zstd, or one that ships: {}",
                      fmt::join(workload::stream_names(), ", ")),
          [](const Configuration& c) -> nlohmann::json { return c.stream; },
          [](Configuration& c, const std::string& text) { c.stream = text; }};
}

}  // namespace

std::vector<Parameter> workload_parameters() {
  return {
      choice(
          "workload", [](auto& c) -> auto& { return c.workload; }, workload_names(),
          "where accesses come from"),
      methods_parameter(),
      stream_parameter(),
      number(
          "accesses", [](auto& c) -> auto& { return c.accesses; }, 0, kAny,
          "first so many block accesses of the stream (window); 0: all"),
      number(
          "passes", [](auto& c) -> auto& { return c.passes; }, 1, 1U << 20,
          "how often the stream is played (window), or the whole window mapped, written, reversed, "
          "read "
          "and unmapped (reverse)"),
      number(
          "window_pages", [](auto& c) -> auto& { return c.window_pages; }, 1, kPages,
          "size of the window in 4 KB pages"),
      number(
          "element_pages", [](auto& c) -> auto& { return c.element_pages; }, 0, kPages,
          "pages mapped by one call; 0: a block (window) or 1 (dbwin)"),
      number(
          "file_pages", [](auto& c) -> auto& { return c.file_pages; }, 0, kPages,
          "size of the file in 4 KB pages; 0: the stream's (window) or 16384 (dbwin)"),
      number(
          "remaps", [](auto& c) -> auto& { return c.remaps; }, 1, kAny,
          "rounds of dbwin, one mapping call each"),
      number(
          "touch", [](auto& c) -> auto& { return c.touch; }, 0, 1U << 20,
          "dbwin: 0 touches nothing, 1 reads each page, 2 writes each, n > 2 reads each and n "
          "random ones"),
      number(
          "seed", [](auto& c) -> auto& { return c.seed; }, 0, kAny,
          "of all that is random: elements of dbwin, words touched by window"),
  };
}

const std::vector<WorkloadKind>& workloads_of(const std::string& key) {
  using Kind = WorkloadKind;
  static const std::vector<Kind> all{Kind::Window, Kind::Dbwin, Kind::Reverse};
  static const std::map<std::string, std::vector<Kind>, std::less<>> some{
      {"stream", {Kind::Window}},
      {"accesses", {Kind::Window}},
      {"remaps", {Kind::Dbwin}},
      {"touch", {Kind::Dbwin}},
      {"passes", {Kind::Window, Kind::Reverse}},
      {"element_pages", {Kind::Window, Kind::Dbwin}},
      {"file_pages", {Kind::Window, Kind::Dbwin}},
      {"seed", {Kind::Window, Kind::Dbwin}}};
  const auto found = some.find(key);
  return found == some.end() ? all : found->second;
}

bool applies_to(const std::string& key, WorkloadKind workload) {
  const std::vector<WorkloadKind>& kinds = workloads_of(key);
  return std::find(kinds.begin(), kinds.end(), workload) != kinds.end();
}

std::string_view name_of(WorkloadKind workload) {
  const auto& names = workload_names();
  return std::find_if(names.begin(), names.end(),
                      [&](const auto& name) { return name.second == workload; })
      ->first;
}

}  // namespace tessera::cli
