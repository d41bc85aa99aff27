#include "sw/report/accounts.hpp"

namespace tessera::report {
namespace {

using machine::RefillAccount;
using machine::RefillClass;
using machine::RefillGroup;
using nlohmann::ordered_json;

ordered_json activities_of(const machine::ActivityCycles& cycles) {
  ordered_json json = ordered_json::object();
  for (std::size_t i = 0; i < machine::kParts; ++i) {
    ordered_json part = ordered_json::object();
    for (std::size_t k = 0; k < machine::kActivities; ++k) {
      part[machine::name_of(static_cast<machine::Activity>(k))] = cycles[i][k].value();
    }
    json[machine::name_of(static_cast<machine::Part>(i))] = part;
  }
  return json;
}

/// All classes; of flushes those that caused any.
template <class Value>
ordered_json by_group(const RefillAccount& account, Value value) {
  ordered_json json = ordered_json::object();
  ordered_json flush = ordered_json::object();
  for (RefillGroup group = 0; group < machine::kRefillGroups; ++group) {
    if (machine::class_of(group) != RefillClass::Flush) {
      json[machine::name_of(group)] = value(group);
    } else if (account.refills[group] != 0) {
      flush[machine::name_of(group)] = value(group);
    }
  }
  json[machine::name_of(RefillClass::Flush)] = flush;
  return json;
}

ordered_json latency_of(const machine::LatencyHistogram& histogram) {
  ordered_json groups = ordered_json::array();
  for (const auto& [longest, count] : histogram.groups()) groups.push_back({longest, count});
  return {{"count", histogram.count()},
          {"p50", histogram.percentile(0.50).value()},
          {"p95", histogram.percentile(0.95).value()},
          {"p99", histogram.percentile(0.99).value()},
          {"max", histogram.max().value()},
          {"histogram", groups}};
}

ordered_json latencies_of(const machine::RunAccounts& accounts) {
  ordered_json json = ordered_json::object();
  for (std::size_t i = 0; i < machine::kLatencyKinds; ++i) {
    if (accounts.latencies[i].count() == 0) continue;
    json[machine::name_of(static_cast<machine::LatencyKind>(i))] =
        latency_of(accounts.latencies[i]);
  }
  return json;
}

/// Adds a series unless all of it is 0.
template <class Value>
void add_series(ordered_json& series, const std::string& name,
                const std::vector<machine::IntervalReading>& intervals, Value value) {
  std::vector<std::uint64_t> values;
  std::uint64_t any = 0;
  for (const machine::IntervalReading& interval : intervals) {
    values.push_back(value(interval));
    any |= values.back();
  }
  if (any != 0) series[name] = values;
}

ordered_json intervals_of(const machine::IntervalSeries& all) {
  const auto& intervals = all.intervals();
  ordered_json series = ordered_json::object();
  add_series(series, "cycles", intervals, [](const auto& i) { return i.cycles.value(); });
  for (std::size_t k = 0; k < machine::kRefillClasses; ++k) {
    const auto name = std::string("refills_") + machine::name_of(static_cast<RefillClass>(k));
    add_series(series, name, intervals, [k](const auto& i) { return i.refills[k]; });
  }
  for (const machine::CounterDescription& counter : machine::counter_descriptions()) {
    add_series(series, std::string(counter.name), intervals,
               [&](const auto& i) { return i.counters.*counter.member; });
  }
  const bool accesses = all.unit() == machine::IntervalUnit::Accesses;
  return {{"unit", accesses ? "accesses" : "cycles"}, {"every", all.length()}, {"series", series}};
}

ordered_json slots_of(const machine::SlotSums& slots) {
  return {{"pages", slots.slot_pages().value()},
          {"series",
           {{"accesses", slots.accesses()},
            {"cycles", slots.cycles()},
            {"refills", slots.refills()},
            {"refills_flush", slots.refills_after_flush()}}}};
}

std::uint64_t read_group(const ordered_json& section, RefillGroup group) {
  const std::string name = machine::name_of(group);
  if (machine::class_of(group) != RefillClass::Flush) return section.value(name, 0ULL);
  const auto flush = section.find(machine::name_of(RefillClass::Flush));
  return flush == section.end() || !flush->is_object() ? 0 : flush->value(name, 0ULL);
}

}  // namespace

void add_accounts(ordered_json& json, const machine::RunResult& result) {
  json["activities"] = activities_of(result.activities);
  if (result.refills) {
    const RefillAccount& account = *result.refills;
    json["refills"] = by_group(account, [&](RefillGroup group) { return account.refills[group]; });
    json["refill_cycles"] =
        by_group(account, [&](RefillGroup group) { return account.cycles[group].value(); });
    json["refill_cycles"]["failed"] = account.failed.value();
  }
  if (!result.accounts) return;
  json["latencies"] = latencies_of(*result.accounts);
  if (result.accounts->series) json["intervals"] = intervals_of(*result.accounts->series);
  json["slots"] = slots_of(result.accounts->slots);
}

void read_accounts(machine::RunResult& result, const ordered_json& json) {
  if (const auto parts = json.find("activities"); parts != json.end()) {
    for (std::size_t i = 0; i < machine::kParts; ++i) {
      const auto part = parts->find(machine::name_of(static_cast<machine::Part>(i)));
      if (part == parts->end()) continue;
      for (std::size_t k = 0; k < machine::kActivities; ++k) {
        const char* const name = machine::name_of(static_cast<machine::Activity>(k));
        result.activities[i][k] = Cycles(part->value(name, 0ULL));
      }
    }
  }
  const auto refills = json.find("refills");
  const auto cycles = json.find("refill_cycles");
  if (refills == json.end() || cycles == json.end()) return;
  RefillAccount account;
  for (RefillGroup group = 0; group < machine::kRefillGroups; ++group) {
    account.refills[group] = read_group(*refills, group);
    account.cycles[group] = Cycles(read_group(*cycles, group));
  }
  account.failed = Cycles(cycles->value("failed", 0ULL));
  result.refills = account;
}

}  // namespace tessera::report
