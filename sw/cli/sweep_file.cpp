#include "sw/cli/sweep_file.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "model/types/user_error.hpp"
#include "sw/cli/parameter.hpp"
#include "sw/cli/suggestion.hpp"
#include "sw/cli/toml_file.hpp"

namespace tessera::cli {
namespace {

constexpr const char* kGrid = "grid";
constexpr const char* kList = "list";
constexpr const char* kSeeds = "seeds";
constexpr const char* kMethods = "methods";
constexpr std::int64_t kMostSeeds = 10000;
constexpr std::size_t kMostValues = 100000;

[[noreturn]] void refuse(const std::string& origin, const std::string& text) {
  throw UserError(fmt::format("{}: {}", origin, text));
}

void check_swept_key(const std::string& key, const std::string& origin) {
  require_parameter(key, origin);
  if (key == kMethods) {
    refuse(origin, "'methods' stands above [grid]: every configuration is run with all of them");
  }
}

SweptValue scalar(const TomlFile& file, const toml::node& node, const std::string& key) {
  const std::string origin = place_of(file, node);
  nlohmann::ordered_json value;
  if (const auto* number = node.as_integer()) {
    value = number->get();
  } else if (const auto* real = node.as_floating_point()) {
    value = real->get();
  } else if (const auto* flag = node.as_boolean()) {
    value = flag->get();
  } else {
    value = scalar_text(node, key, origin);
  }
  return {{key, scalar_text(node, key, origin), origin}, value};
}

/// { from, to, factor } or { from, to, step }.
class Range {
 public:
  Range(const TomlFile& file, const toml::table& table, std::string key)
      : key_(std::move(key)), origin_(place_of(file, table)) {
    for (const auto& [name, node] : table) {
      if (!std::set<std::string_view>{"from", "to", "factor", "step"}.contains(name.str())) {
        refuse(origin_, fmt::format("'{}': a range has from, to, and factor or step, not '{}'",
                                    key_, name.str()));
      }
      whole_ = whole_ && node.is_integer();
    }
    from_ = bound(table, "from");
    to_ = bound(table, "to");
    by_factor_ = table.contains("factor");
    if (by_factor_ == table.contains("step")) {
      refuse(origin_, fmt::format("'{}': a range has either a factor or a step", key_));
    }
    advance_ = bound(table, by_factor_ ? "factor" : "step");
    check();
  }

  std::vector<SweptValue> values() const {
    std::vector<SweptValue> all;
    for (std::size_t i = 0; !is_behind(value(i)); ++i) {
      if (i == kMostValues) {
        refuse(origin_, fmt::format("'{}': the range has more than {} values", key_, kMostValues));
      }
      all.push_back(swept(value(i)));
    }
    return all;
  }

 private:
  double bound(const toml::table& table, const char* name) const {
    const toml::node* node = table.get(name);
    if (node == nullptr) refuse(origin_, fmt::format("'{}': the range has no '{}'", key_, name));
    if (!node->is_number()) {
      refuse(origin_, fmt::format("'{}': '{}' is no number", key_, name));
    }
    const double number = node->value<double>().value_or(0);
    if (!std::isfinite(number) || std::abs(number) > kLargest) {
      refuse(origin_, fmt::format("'{}': '{}' is no finite number up to 2^53", key_, name));
    }
    return number;
  }

  void check() const {
    if (from_ < 0 || to_ < from_) {
      refuse(origin_, fmt::format("'{}': a range goes up, from 0 at least", key_));
    }
    if (by_factor_ ? from_ <= 0 || advance_ <= 1 : advance_ <= 0) {
      refuse(origin_, fmt::format("'{}': the range has no end: a factor is above 1 and goes from "
                                  "above 0, a step is above 0",
                                  key_));
    }
  }

  double value(std::size_t i) const {
    const auto steps = static_cast<double>(i);
    return by_factor_ ? from_ * std::pow(advance_, steps) : from_ + steps * advance_;
  }

  /// 0.1 + 2 * 0.1 is a little above 0.3, and 0.3 is in the range that ends there.
  bool is_behind(double value) const { return value > to_ * (whole_ ? 1 : 1 + 1e-12); }

  SweptValue swept(double value) const {
    if (whole_) {
      const auto number = std::llround(value);
      return {{key_, std::to_string(number), origin_}, number};
    }
    const std::string text = fmt::format("{:.12g}", value);
    return {{key_, text, origin_}, std::stod(text)};
  }

  // Whole numbers of a double are exact up to here.
  static constexpr double kLargest = 9007199254740992.0;

  std::string key_;
  std::string origin_;
  bool whole_ = true;
  double from_ = 0;
  double to_ = 0;
  double advance_ = 0;
  bool by_factor_ = false;
};

GridAxis list_axis(const TomlFile& file, const toml::array& array, const std::string& key) {
  GridAxis axis{key, {}};
  std::set<std::string> met;
  for (const toml::node& node : array) {
    axis.values.push_back(scalar(file, node, key));
    const Assignment& value = axis.values.back().assignment;
    if (!met.insert(value.value).second) {
      refuse(value.origin, fmt::format("'{}': {} stands here twice", key, value.value));
    }
  }
  if (axis.values.empty()) refuse(place_of(file, array), fmt::format("'{}' has no values", key));
  return axis;
}

/// Something and where in the file it stands, to keep the user's order (tables are sorted by key).
template <class T>
using Placed = std::pair<toml::source_position, T>;

template <class T>
bool stands_before(const Placed<T>& a, const Placed<T>& b) {
  return std::pair(a.first.line, a.first.column) < std::pair(b.first.line, b.first.column);
}

void collect_grid(const TomlFile& file, const toml::table& table, const std::string& prefix,
                  std::vector<Placed<GridAxis>>& axes) {
  for (const auto& [key, node] : table) {
    const std::string full = prefix + std::string(key.str());
    const std::string origin = place_of(file, node);
    const toml::table* inner = node.as_table();
    if (inner != nullptr && !inner->contains("from") && find_parameter(full) == nullptr) {
      collect_grid(file, *inner, full + ".", axes);
      continue;
    }
    check_swept_key(full, origin);
    if (inner != nullptr) {
      axes.emplace_back(node.source().begin, GridAxis{full, Range(file, *inner, full).values()});
    } else if (const toml::array* array = node.as_array()) {
      axes.emplace_back(node.source().begin, list_axis(file, *array, full));
    } else {
      refuse(origin, fmt::format("'{}' must be a list, or a range {{ from, to, factor }}", full));
    }
  }
}

void take_grid(SweepFile& sweep, const TomlFile& file) {
  const toml::node* node = file.table.get(kGrid);
  if (node == nullptr) return;
  if (!node->is_table()) refuse(place_of(file, *node), "'grid' must be a table: [grid]");
  std::vector<Placed<GridAxis>> axes;
  collect_grid(file, *node->as_table(), "", axes);
  std::sort(axes.begin(), axes.end(), stands_before<GridAxis>);
  for (auto& [place, axis] : axes) {
    const std::string key = axis.key;
    std::erase_if(sweep.grid, [&](const GridAxis& other) { return other.key == key; });
    sweep.grid.push_back(std::move(axis));
  }
}

void collect_entry(const TomlFile& file, const toml::table& table, const std::string& prefix,
                   std::vector<Placed<SweptValue>>& values) {
  for (const auto& [key, node] : table) {
    const std::string full = prefix + std::string(key.str());
    if (const toml::table* inner = node.as_table()) {
      collect_entry(file, *inner, full + ".", values);
    } else {
      check_swept_key(full, place_of(file, node));
      values.emplace_back(node.source().begin, scalar(file, node, full));
    }
  }
}

std::vector<SweptValue> list_entry(const TomlFile& file, const toml::table& table) {
  std::vector<Placed<SweptValue>> values;
  collect_entry(file, table, "", values);
  std::sort(values.begin(), values.end(), stands_before<SweptValue>);
  std::vector<SweptValue> entry;
  entry.reserve(values.size());
  for (auto& [place, value] : values) {
    entry.push_back(std::move(value));
  }
  return entry;
}

void take_list(SweepFile& sweep, const TomlFile& file) {
  const toml::node* node = file.table.get(kList);
  if (node == nullptr) return;
  const toml::array* array = node->as_array();
  if (array == nullptr || array->empty() || !array->is_homogeneous(toml::node_type::table)) {
    refuse(place_of(file, *node), "'list' must be tables: [[list]]");
  }
  sweep.list.clear();
  for (const toml::node& entry : *array) {
    sweep.list.push_back(list_entry(file, *entry.as_table()));
  }
}

void take_seeds(SweepFile& sweep, const TomlFile& file) {
  const toml::node* node = file.table.get(kSeeds);
  if (node == nullptr) return;
  const auto* number = node->as_integer();
  if (number == nullptr || number->get() < 1 || number->get() > kMostSeeds) {
    refuse(place_of(file, *node),
           fmt::format("'seeds' is how often each run is repeated, from 1 to {}", kMostSeeds));
  }
  sweep.seeds = static_cast<std::uint64_t>(number->get());
}

/// methods = ["mmap", "rfp"] is the same as methods = "mmap,rfp".
void take_methods(SweepFile& sweep, TomlFile& file) {
  const toml::node* node = file.table.get(kMethods);
  const toml::array* array = node == nullptr ? nullptr : node->as_array();
  if (array == nullptr) return;
  std::vector<std::string> names;
  for (const toml::node& name : *array) {
    names.push_back(scalar_text(name, kMethods, place_of(file, name)));
  }
  sweep.fixed.push_back(
      {kMethods, fmt::format("{}", fmt::join(names, ",")), place_of(file, *node)});
  file.table.erase(kMethods);
}

bool is_near(const std::string& typed, const char* name) {
  return suggestion(typed, {name}).find("did you mean") != std::string::npos;
}

bool is_known(const std::string& table) {
  return std::any_of(parameters().begin(), parameters().end(), [&](const Parameter& parameter) {
    return parameter.key == table || parameter.key.starts_with(table + ".");
  });
}

/// [grids], which was to be [grid].
void refuse_misspelt_table(const TomlFile& file) {
  for (const auto& [key, node] : file.table) {
    const std::string table(key.str());
    if (!node.is_table() && !node.is_array_of_tables()) continue;
    if (is_known(table) || (!is_near(table, kGrid) && !is_near(table, kList))) continue;
    refuse(place_of(file, node), fmt::format("unknown table '{}'; did you mean {}?", table,
                                             is_near(table, kGrid) ? "[grid]" : "[[list]]"));
  }
}

void take_fixed(SweepFile& sweep, TomlFile& file) {
  for (const char* key : {kExtends, kGrid, kList, kSeeds}) {
    file.table.erase(key);
  }
  refuse_misspelt_table(file);
  for (const Assignment& assignment : flattened(file, file.table, "")) {
    require_parameter(assignment.key, assignment.origin);
    sweep.fixed.push_back(assignment);
  }
}

void refuse_two_places(const SweepFile& sweep) {
  for (const GridAxis& axis : sweep.grid) {
    const std::string& key = axis.key;
    for (const auto& entry : sweep.list) {
      for (const SweptValue& value : entry) {
        if (value.assignment.key != key) continue;
        refuse(value.assignment.origin,
               fmt::format("'{}' is in the grid and in the list; one of them", key));
      }
    }
    if (key == "seed" && sweep.seeds > 1) {
      refuse(axis.values.front().assignment.origin,
             "'seed' is swept, and 'seeds' repeats; one of them");
    }
  }
}

}  // namespace

SweepFile read_sweep_file(const std::string& path) {
  SweepFile sweep;
  sweep.path = path;
  for (TomlFile& file : read_toml_files(path)) {
    take_grid(sweep, file);
    take_list(sweep, file);
    take_seeds(sweep, file);
    take_methods(sweep, file);
    take_fixed(sweep, file);
  }
  refuse_two_places(sweep);
  return sweep;
}

}  // namespace tessera::cli
