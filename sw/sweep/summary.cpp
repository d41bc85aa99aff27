#include "sw/sweep/summary.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "sw/report/result_file.hpp"

namespace tessera::sweep {
namespace {

using nlohmann::ordered_json;

/// A configuration's swept values, by key.
using Points = std::map<std::int64_t, ordered_json>;

Points points_of(Database& database) {
  Points points;
  Statement select(database.sqlite(), "SELECT id, point FROM configuration ORDER BY id");
  while (select.step()) {
    points[select.integer(0)] = ordered_json::parse(select.text(1));
  }
  return points;
}

/// Of a point: the values of some axes, as one text.
std::string values_text(const ordered_json& point, const std::vector<Axis>& axes) {
  std::string text;
  for (const Axis& axis : axes) {
    text += point.value(axis.key, ordered_json()).dump() + "\n";
  }
  return text;
}

/// The values of these axes tell the value of the key in every point.
bool determined(const Points& points, const std::vector<Axis>& axes, const std::string& key) {
  std::map<std::string, ordered_json> known;
  return std::all_of(points.begin(), points.end(), [&](const auto& entry) {
    const ordered_json value = entry.second.value(key, ordered_json());
    return known.emplace(values_text(entry.second, axes), value).first->second == value;
  });
}

Axis axis_of(const Points& points, const std::string& key) {
  Axis axis{key, {}};
  for (const auto& [id, point] : points) {
    const ordered_json value = point.value(key, ordered_json());
    if (std::find(axis.values.begin(), axis.values.end(), value) == axis.values.end()) {
      axis.values.push_back(value);
    }
  }
  if (axis.numeric()) std::sort(axis.values.begin(), axis.values.end());
  return axis;
}

std::vector<Axis> axes_of(Database& database, const Points& points) {
  std::vector<Axis> axes;
  for (const ordered_json& key : ordered_json::parse(database.about("axes"))) {
    const auto name = key.get<std::string>();
    if (!determined(points, axes, name)) axes.push_back(axis_of(points, name));
  }
  return axes;
}

Place place_of(const ordered_json& point, const std::vector<Axis>& axes) {
  Place place;
  for (const Axis& axis : axes) {
    const ordered_json value = point.value(axis.key, ordered_json());
    place.push_back(static_cast<std::size_t>(
        std::find(axis.values.begin(), axis.values.end(), value) - axis.values.begin()));
  }
  return place;
}

/// Methods in the order in which the program lists them.
std::vector<std::string> methods_of(Database& database) {
  std::vector<std::string> methods;
  Statement select(database.sqlite(), "SELECT DISTINCT method FROM run");
  std::set<std::string> names;
  while (select.step()) {
    names.insert(select.text(0));
  }
  for (const machine::MethodDescription& method : machine::methods()) {
    const std::string name(method.name);
    if (names.contains(name)) methods.push_back(name);
  }
  return methods;
}

void take_run(Cell& cell, const std::string& state, const std::string& error) {
  if (state == "done" && error.empty()) return;
  if (state == "missing" || state == "crashed") {
    ++cell.unfinished;
    if (cell.trouble.empty()) cell.reason = error;
    return;
  }
  cell.trouble = state == "done" ? error : state;
  cell.reason = error;
}

/// What is the same in all configurations that there are.
std::vector<std::pair<std::string, std::string>> fixed_of(Database& database) {
  std::vector<std::pair<std::string, std::string>> fixed;
  bool first = true;
  Statement select(database.sqlite(),
                   "SELECT parameters FROM configuration WHERE parameters IS NOT NULL");
  while (select.step()) {
    const ordered_json parameters = ordered_json::parse(select.text(0));
    if (first) {
      for (const auto& [key, value] : parameters.items()) {
        fixed.emplace_back(key, report::value_text(value));
      }
    }
    first = false;
    std::erase_if(fixed, [&](const auto& entry) {
      const auto found = parameters.find(entry.first);
      return found == parameters.end() || report::value_text(*found) != entry.second;
    });
  }
  return fixed;
}

class Reader {
 public:
  explicit Reader(Database& database) : database_(database), points_(points_of(database)) {
    summary_.name = database.about("name");
    summary_.tessera_version = database.about("tessera_version");
    summary_.tally = database.tally();
    summary_.fixed = fixed_of(database);
    summary_.axes = axes_of(database, points_);
    summary_.methods = methods_of(database);
  }

  Summary read() {
    read_runs();
    read_values();
    for (auto& [place, cells] : summary_.points) {
      for (Cell& cell : cells) {
        finish(cell);
      }
    }
    if (quantities_.erase(kCyclesPerAccess) != 0) {
      summary_.quantities.emplace_back(kCyclesPerAccess);
    }
    summary_.quantities.insert(summary_.quantities.end(), quantities_.begin(), quantities_.end());
    return std::move(summary_);
  }

 private:
  Cell& cell(std::int64_t configuration, const std::string& method) {
    auto& cells = summary_.points[place_of(points_.at(configuration), summary_.axes)];
    cells.resize(summary_.methods.size());
    const auto& methods = summary_.methods;
    return cells[static_cast<std::size_t>(std::find(methods.begin(), methods.end(), method) -
                                          methods.begin())];
  }

  void read_runs() {
    Statement select(database_.sqlite(), "SELECT configuration, method, state, error FROM run");
    while (select.step()) {
      take_run(cell(select.integer(0), select.text(1)), select.text(2), select.text(3));
    }
  }

  void read_values() {
    Statement select(database_.sqlite(),
                     "SELECT configuration, method, name, value, seed FROM value JOIN run ON "
                     "key = run ORDER BY configuration, method, seed");
    while (select.step()) {
      Cell& where = cell(select.integer(0), select.text(1));
      if (!where.trouble.empty()) continue;
      const std::int64_t seed = select.integer(4);
      if (where.seeds.empty() || where.seeds.back() != seed) where.seeds.push_back(seed);
      const std::string name = select.text(2);
      where.values[name].push_back(select.real(3));
      if (select.real(3) != 0) quantities_.insert(name);
    }
  }

  void finish(Cell& cell) {
    if (cell.unfinished != 0 && cell.trouble.empty() && cell.seeds.empty()) {
      cell.trouble = cell.reason.empty() ? "missing" : "crashed";
    }
    const auto cycles = cell.values.find("cycles.total");
    const auto accesses = cell.values.find("counters.accesses");
    if (cycles == cell.values.end() || accesses == cell.values.end()) return;
    std::vector<double> each;
    for (std::size_t i = 0; i < cycles->second.size(); ++i) {
      if (accesses->second[i] == 0) return;
      each.push_back(cycles->second[i] / accesses->second[i]);
    }
    quantities_.insert(kCyclesPerAccess);
    cell.values[kCyclesPerAccess] = std::move(each);
  }

  Database& database_;
  Points points_;
  Summary summary_;
  std::set<std::string> quantities_;
};

}  // namespace

bool Axis::numeric() const {
  return std::all_of(values.begin(), values.end(), [](const auto& v) { return v.is_number(); });
}

const Cell* Summary::at(const Place& place, std::size_t method) const {
  const auto found = points.find(place);
  return found == points.end() ? nullptr : &found->second[method];
}

std::string Summary::describe(const Place& place, const std::vector<std::size_t>& left_out) const {
  std::string text;
  for (std::size_t i = 0; i < axes.size(); ++i) {
    if (std::find(left_out.begin(), left_out.end(), i) != left_out.end()) continue;
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", axes[i].key,
                        report::value_text(axes[i].values[place[i]]));
  }
  return text.empty() ? "everywhere" : text;
}

Summary summary_of(Database& database) { return Reader(database).read(); }

Interval ratio_of(const Summary& summary, const Place& place, std::size_t first, std::size_t second,
                  const std::string& quantity) {
  const Cell* a = summary.at(place, first);
  const Cell* b = summary.at(place, second);
  if (a == nullptr || b == nullptr) return {};
  const auto over = a->values.find(quantity);
  const auto under = b->values.find(quantity);
  if (over == a->values.end() || under == b->values.end()) return {};
  std::vector<double> ratios;
  for (std::size_t i = 0; i < a->seeds.size(); ++i) {
    const auto same = std::find(b->seeds.begin(), b->seeds.end(), a->seeds[i]);
    if (same == b->seeds.end()) continue;
    const double divisor = under->second[static_cast<std::size_t>(same - b->seeds.begin())];
    if (over->second[i] == 0 || divisor == 0) return {};
    ratios.push_back(over->second[i] / divisor);
  }
  return interval_of(ratios);
}

}  // namespace tessera::sweep
