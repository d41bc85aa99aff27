#include "sw/workload/registry.hpp"

#include <algorithm>

namespace tessera::workload {

const Description* find_workload(std::string_view name) {
  const auto found = std::find_if(workloads().begin(), workloads().end(),
                                  [&](const Description& w) { return w.name == name; });
  return found == workloads().end() ? nullptr : &*found;
}

std::vector<std::string> parameter_keys() {
  std::vector<std::string> keys;
  for (const Description& workload : workloads()) {
    for (const Parameter& parameter : workload.parameters) {
      if (std::find(keys.begin(), keys.end(), parameter.key) == keys.end()) {
        keys.push_back(parameter.key);
      }
    }
  }
  return keys;
}

std::vector<const Description*> workloads_with(std::string_view key) {
  std::vector<const Description*> owners;
  for (const Description& workload : workloads()) {
    if (parameter_of(workload, key) != nullptr) owners.push_back(&workload);
  }
  return owners;
}

}  // namespace tessera::workload
