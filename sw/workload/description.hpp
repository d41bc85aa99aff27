#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "model/types/units.hpp"
#include "sw/workload/stream_cache.hpp"
#include "sw/workload/workload.hpp"

namespace tessera::workload {

/// What a parameter of a workload is set to: a whole number, a real one, a text.
using Value = std::variant<std::uint64_t, double, std::string>;

/// Values that differ from the initial ones, by key.
using Choices = std::map<std::string, Value, std::less<>>;

/// One thing that a workload can be told.
struct Parameter {
  std::string key;           ///< equal keys of several workloads stand for the same thing
  std::string meaning;       ///< with its unit: one line
  Value initial;             ///< also says of which kind all its values are
  std::uint64_t lowest = 0;  ///< of numbers, both included
  std::uint64_t highest = std::numeric_limits<std::uint64_t>::max();
};

struct Description;

/// All parameters of one workload. A key that it does not have, or of another kind, is a
/// std::logic_error.
class Values {
 public:
  /// The initial values but for `choices`, whose other keys are left alone. `workload` and
  /// `streams` must outlive this.
  Values(const Description& workload, Choices choices, StreamCache& streams)
      : workload_(workload), choices_(std::move(choices)), streams_(streams) {}

  std::uint64_t number(std::string_view key) const;
  PageCount pages(std::string_view key) const { return PageCount(number(key)); }
  double real(std::string_view key) const;
  const std::string& text(std::string_view key) const;
  /// The block stream that a text names. Throws UserError when it cannot be read.
  std::shared_ptr<const BlockStream> stream(std::string_view key) const;

 private:
  const Value& value(std::string_view key) const;

  const Description& workload_;
  Choices choices_;
  StreamCache& streams_;
};

/// A workload that has been told everything, and has read what it reads.
struct Plan {
  std::string title;  ///< what it is, in a few words with its most telling figures
  /// A fresh one from the beginning. `remapped` is false for a method that never shows another
  /// part of the file. The plan must outlive it.
  std::function<std::unique_ptr<Workload>(bool remapped)> make;
};

/// One kind of workload (registry.hpp lists all).
struct Description {
  std::string name;   ///< as in --workload
  std::string story;  ///< what it is a model of, and what it shows: 2 to 4 lines
  std::vector<Parameter> parameters;
  std::string example;  ///< options of `tessera compare` worth a try
  /// Throws UserError when the values do not fit each other, or a file cannot be read.
  Plan (*prepare)(const Values& values);
};

/// The parameter of this key, or null.
const Parameter* parameter_of(const Description& workload, std::string_view key);

}  // namespace tessera::workload
