#include "sw/report/document.hpp"

#include <algorithm>
#include <array>

#include <fmt/core.h>

#include "model/types/suggestion.hpp"
#include "model/types/user_error.hpp"
#include "sw/report/accounts.hpp"
#include "sw/report/schema.hpp"
#include "sw/report/version.hpp"
#include "sw/workload/text_source.hpp"

// Defined by the linker around the bytes of docs/schema (sw/report/CMakeLists.txt).
extern "C" {
extern const char kResultSchema1Begin;
extern const char kResultSchema1End;
extern const char kResultSchema2Begin;
extern const char kResultSchema2End;
}

namespace tessera::report {
namespace {

using nlohmann::ordered_json;

constexpr const char* kSchema = "tessera-result";
// What stood in version 1, which had no schema_version.
constexpr const char* kSchemaOfVersion1 = "tessera.compare/1";
// Rises when a member of the document comes, goes, or changes its name or meaning.
constexpr std::uint64_t kSchemaVersion = 2;

struct SchemaText {
  const char* begin;
  const char* end;
};

/// By version, from 1 on.
const std::array<SchemaText, kSchemaVersion> kSchemas{
    SchemaText{&kResultSchema1Begin, &kResultSchema1End},
    SchemaText{&kResultSchema2Begin, &kResultSchema2End}};

ordered_json counters_of(const machine::RunResult& result) {
  ordered_json json = ordered_json::object();
  for (const machine::CounterDescription& counter : machine::counter_descriptions()) {
    json[std::string(counter.name)] = result.counters.*counter.member;
  }
  return json;
}

ordered_json cycles_of(const machine::RunResult& result) {
  ordered_json json = ordered_json::object();
  json["total"] = result.total().value();
  json["kernel"] = result.kernel().value();
  for (std::size_t i = 0; i < machine::kParts; ++i) {
    json[machine::name_of(static_cast<machine::Part>(i))] = result.cycles[i].value();
  }
  return json;
}

ordered_json to_json(const machine::RunResult& result) {
  ordered_json json = ordered_json::object();
  const std::string end = ending(result);
  json["method"] = machine::describe(result.method).name;
  json["error"] = end.empty() ? ordered_json(nullptr) : ordered_json(end);
  json["counters"] = counters_of(result);
  json["cycles"] = cycles_of(result);
  add_accounts(json, result);
  return json;
}

/// Indented by two columns a level, but what holds no object in one line: a series has thousands
/// of numbers.
void append_text(std::string& text, const ordered_json& value, std::size_t columns) {
  constexpr std::size_t kLevel = 2;
  const bool list = value.is_array() && !value.empty() && value.front().is_object();
  if (!list && (!value.is_object() || value.empty())) {
    text += value.dump();
    return;
  }
  const std::string inner(columns + kLevel, ' ');
  text += list ? "[" : "{";
  const char* before = "\n";
  for (const auto& [key, member] : value.items()) {
    text += before + inner;
    if (!list) text += ordered_json(key).dump() + ": ";
    append_text(text, member, columns + kLevel);
    before = ",\n";
  }
  text += "\n" + std::string(columns, ' ') + (list ? "]" : "}");
}

[[noreturn]] void refuse_document(const std::string& name, std::string why) {
  // Names of members may hold line breaks; a message is one line.
  std::replace_if(
      why.begin(), why.end(), [](unsigned char c) { return c < ' '; }, '?');
  throw UserError(fmt::format("{}: {}", name, why));
}

ordered_json parse_json(std::string_view text, const std::string& name) {
  try {
    return ordered_json::parse(text);
  } catch (const ordered_json::parse_error& error) {
    const std::string_view before = text.substr(0, std::min(error.byte, text.size()));
    throw UserError(fmt::format("{}:{}: this is no JSON; expected is what --json wrote", name,
                                1 + std::count(before.begin(), before.end(), '\n')));
  } catch (const ordered_json::exception&) {
    refuse_document(name, "a number is too large");
  }
}

std::uint64_t version_of(const ordered_json& document, const std::string& name) {
  const auto schema = document.is_object() ? document.find("schema") : document.end();
  if (schema != document.end() && *schema == kSchemaOfVersion1) return 1;
  if (schema == document.end() || *schema != kSchema) {
    refuse_document(
        name, fmt::format(R"(this is no result of tessera: its "schema" is not "{}")", kSchema));
  }
  const auto version = document.find("schema_version");
  if (version == document.end() || !version->is_number_unsigned() || *version == 0U) {
    refuse_document(name, "schema_version: has to be a whole number from 1 on");
  }
  if (*version > kSchemaVersion) {
    refuse_document(
        name,
        fmt::format("schema_version {} is of a newer tessera (this is {}, which reads up to {})",
                    version->dump(), kVersion, kSchemaVersion));
  }
  return version->get<std::uint64_t>();
}

/// Version 2 has its number apart from its name, and members that version 1 could not have.
ordered_json upgraded(const ordered_json& document) {
  ordered_json result = ordered_json::object();
  result["schema"] = kSchema;
  result["schema_version"] = kSchemaVersion;
  for (const auto& [key, value] : document.items()) {
    if (key != "schema" && key != "schema_version") result[key] = value;
  }
  return result;
}

machine::Method method_of(const ordered_json& run, const std::string& name) {
  const auto text = run["method"].get<std::string>();
  if (const auto method = machine::find_method(text)) return *method;
  std::vector<std::string> names;
  for (const machine::MethodDescription& method : machine::methods()) {
    names.emplace_back(method.name);
  }
  refuse_document(name, fmt::format("there is no method '{}'{}", text, suggestion(text, names)));
}

machine::RunResult result_of(const ordered_json& run, const std::string& name) {
  machine::RunResult result;
  result.method = method_of(run, name);
  if (const ordered_json& error = run["error"]; !error.is_null()) {
    result.interrupted = error == kInterrupted;
    if (!result.interrupted) result.error = error.get<std::string>();
  }
  for (const machine::CounterDescription& counter : machine::counter_descriptions()) {
    result.counters.*counter.member = run["counters"].value(std::string(counter.name), 0ULL);
  }
  for (std::size_t i = 0; i < machine::kParts; ++i) {
    const std::string part = machine::name_of(static_cast<machine::Part>(i));
    result.cycles[i] = Cycles(run["cycles"].value(part, 0ULL));
  }
  read_accounts(result, run);
  return result;
}

}  // namespace

ordered_json to_json(const Report& report) {
  ordered_json json = ordered_json::object();
  json["schema"] = kSchema;
  json["schema_version"] = kSchemaVersion;
  json["tessera_version"] = kVersion;
  json["config"] = report.config;
  json["kernel_costs"] = report.kernel_costs;
  json["seed"] = report.seed;
  json["results"] = ordered_json::array();
  for (const machine::RunResult& result : report.results) {
    json["results"].push_back(to_json(result));
  }
  return json;
}

ordered_json result_schema() {
  return ordered_json::parse(kSchemas.back().begin, kSchemas.back().end);
}

std::string text_of(const ordered_json& document) {
  std::string text;
  append_text(text, document, 0);
  return text + "\n";
}

ordered_json parse_document(std::string_view text, const std::string& name) {
  ordered_json document = parse_json(text, name);
  const SchemaText& schema = kSchemas.at(version_of(document, name) - 1);
  const std::string wrong =
      schema_violation(document, ordered_json::parse(schema.begin, schema.end));
  if (!wrong.empty()) refuse_document(name, wrong);
  return upgraded(document);
}

ordered_json read_document(const std::string& path) {
  return parse_document(workload::read_text(path), path);
}

Report report_of(const ordered_json& document, const std::string& name) {
  Report report;
  report.config = document["config"];
  report.kernel_costs = document["kernel_costs"].get<std::string>();
  report.seed = document["seed"].get<std::uint64_t>();
  for (const ordered_json& run : document["results"]) {
    report.results.push_back(result_of(run, name));
  }
  return report;
}

}  // namespace tessera::report
