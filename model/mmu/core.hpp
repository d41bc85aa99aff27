#pragma once

#include <string_view>
#include <vector>

#include "model/mmu/parameters.hpp"
#include "model/mmu/timing.hpp"

namespace tessera::mmu {

/// A core by name: everything that makes its MMU what it is, as data.
struct Core {
  std::string_view name;         ///< as in find_core()
  std::string_view description;  ///< one line
  Parameters parameters;         ///< sizes, features and rules
  Timing timing;                 ///< latencies
};

/// The core of that name, or nullptr. The result lives as long as the program.
const Core* find_core(std::string_view name);

/// Names of all cores, the default (e500mc) first.
std::vector<std::string_view> core_names();

namespace cores {
/// One file each in model/mmu/cores; find_core reaches them by name.
extern const Core kE500mc;
extern const Core kE500v2;
extern const Core kE6500Walker;
extern const Core kQemu;
}  // namespace cores

}  // namespace tessera::mmu
