#include "sw/report/report.hpp"

#include "sw/report/version.hpp"

namespace tessera::report {
namespace {

using nlohmann::ordered_json;

// Rises when a member of the document changes its name or meaning.
constexpr const char* kSchema = "tessera.compare/1";

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
  return json;
}

}  // namespace

std::string ending(const machine::RunResult& result) {
  if (result.interrupted) {
    return "interrupted";
  }
  return result.error.value_or("");
}

double cycles_per_access(const machine::RunResult& result) {
  const std::uint64_t accesses = result.counters.accesses;
  return accesses == 0
             ? 0.0
             : static_cast<double>(result.total().value()) / static_cast<double>(accesses);
}

ordered_json to_json(const Report& report) {
  ordered_json json = ordered_json::object();
  json["schema"] = kSchema;
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

}  // namespace tessera::report
