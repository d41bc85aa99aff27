#include <fmt/format.h>

#include "sw/cli/markdown.hpp"
#include "sw/cli/reference_pages.hpp"
#include "sw/machine/accounting/latency_histogram.hpp"
#include "sw/machine/accounting/refill_kind.hpp"
#include "sw/machine/counters.hpp"
#include "sw/machine/cycle_account.hpp"
#include "sw/report/document.hpp"
#include "sw/vm/counters.hpp"

namespace tessera::cli {
namespace {

using nlohmann::ordered_json;

/// A JSON Schema with what it refers to, its own words first.
ordered_json resolved(const ordered_json& schema, const ordered_json& root) {
  const auto reference = schema.find("$ref");
  if (reference == schema.end()) return schema;
  ordered_json all = schema;
  all.erase("$ref");
  const ordered_json::json_pointer place(reference->get<std::string>().substr(1));
  const ordered_json behind = resolved(root.at(place), root);
  for (const auto& [word, rule] : behind.items()) {
    if (!all.contains(word)) all[word] = rule;
  }
  return all;
}

std::string type_of(const ordered_json& schema) {
  if (schema.contains("const")) return fmt::format("`{}`", schema["const"].dump());
  if (schema.contains("enum")) return "name";
  if (!schema.contains("type")) return "";
  if (schema["type"].is_string()) return schema["type"].get<std::string>();
  std::string text;
  for (const auto& one : schema["type"]) {
    text += (text.empty() ? "" : " or ") + one.get<std::string>();
  }
  return text;
}

/// A row for each member that the schema knows by name, and those below it; `*` is any name.
void add_members(std::string& text, const ordered_json& written, const std::string& path,
                 const ordered_json& root) {
  const ordered_json schema = resolved(written, root);
  if (schema.contains("properties")) {
    for (const auto& [name, member] : schema["properties"].items()) {
      const ordered_json found = resolved(member, root);
      const std::string place = path.empty() ? name : fmt::format("{}.{}", path, name);
      text += table_row({code(place), type_of(found), cell(found.value("description", ""))});
      add_members(text, found, place, root);
    }
  }
  const auto others = schema.find("additionalProperties");
  if (others != schema.end() && others->is_object()) add_members(text, *others, path + ".*", root);
  const auto items = schema.find("items");
  if (items != schema.end()) add_members(text, *items, path + "[]", root);
}

std::string section(const std::string& title, const std::string& what) {
  return fmt::format("\n## {}\n\n{}\n\n", title, what);
}

std::string counters_section() {
  std::string text =
      section(
          "Counters",
          "`results[].counters.*`. A counter of events says how often since the counting began, "
          "one of a state what was at the end;\n`results[].intervals.series.*` has the same "
          "for each interval, besides `cycles` and `refills_` with each class.") +
      table_head({"counter", "counts", "of", "moves by one when …, or is"});
  for (const machine::CounterDescription& counter : machine::counter_descriptions()) {
    const bool events = counter.kind == machine::CounterKind::Events;
    text += table_row({code(counter.name), std::string(counter.unit), events ? "events" : "a state",
                       cell(counter.definition)});
  }
  return text;
}

/// One row for each value of an enum that has names and meanings.
template <class Enum>
std::string rows_of(std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    const auto value = static_cast<Enum>(i);
    text += table_row({code(name_of(value)), cell(meaning_of(value))});
  }
  return text;
}

std::string cycles_section() {
  return section("Parts of the cycles",
                 "`results[].cycles.*`, in cycles; their sum is `total`. The same names stand in "
                 "`results[].activities.*`.") +
         table_head({"part", "what it holds"}) + rows_of<machine::Part>(machine::kParts) +
         section("Activities",
                 "`results[].activities.*.*`, in cycles: each part by what the core does in it.") +
         table_head({"activity", "what it holds"}) +
         rows_of<machine::Activity>(machine::kActivities);
}

std::string causes_table() {
  std::string text = table_head({"cause", "counter of the flushes that have it"});
  for (std::size_t i = 0; i < vm::kFlushCauses; ++i) {
    const auto cause = static_cast<vm::FlushCause>(i);
    for (const machine::CounterDescription& counter : machine::counter_descriptions()) {
      if (counter.member != machine::flushes_by(cause)) continue;
      text += table_row({code(vm::name(cause)), code(counter.name)});
    }
  }
  return text;
}

std::string refills_section() {
  return section("Classes of refills",
                 "`results[].refills.*` in refills, `results[].refill_cycles.*` in cycles of the "
                 "handlers and walks that made them; `failed` there:\nof those that wrote nothing. "
                 "[Accounting](../accounting.md) says how a refill gets its class.") +
         table_head({"class", "why the refill was needed"}) +
         rows_of<machine::RefillClass>(machine::kRefillClasses) +
         "\nClass `flush` is an object: each flush is charged as `REACH_CAUSE`, as in "
         "`results[].refills.flush.pid_unmap`.\n\n" +
         table_head({"reach", "what the flush takes"}) +
         rows_of<machine::FlushReach>(machine::kFlushReaches) + "\n" + causes_table();
}

std::string latencies_section() {
  return section("Latencies", "`results[].latencies.*`, in cycles.") +
         table_head({"kind", "what is timed"}) +
         rows_of<machine::LatencyKind>(machine::kLatencyKinds);
}

}  // namespace

std::string result_reference() {
  const ordered_json schema = report::result_schema();
  std::string text =
      "# Numbers of a result\n\n"
      "Everything in the JSON that `tessera compare --json` writes. First the document's members, "
      "where `*` stands for a name of the\nsections below; [its JSON Schema](../schema/"
      "result-2.json) says the same to programs. What must be equal to what is in\n"
      "[counters](../counters.md#identities). This page is what `tessera reference result` "
      "prints.\n\n";
  text += table_head({"member", "type", "meaning"});
  add_members(text, schema, "", schema);
  return text + counters_section() + cycles_section() + refills_section() + latencies_section();
}

}  // namespace tessera::cli
