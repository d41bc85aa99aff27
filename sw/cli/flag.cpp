#include "sw/cli/flag.hpp"

#include <algorithm>

#include "sw/workload/registry.hpp"

namespace tessera::cli {

const std::vector<std::string>& keys_with_flags() {
  static const std::vector<std::string> keys = [] {
    std::vector<std::string> all{"workload", "methods"};
    for (const std::string& key : workload::parameter_keys()) {
      all.push_back(key);
    }
    all.insert(all.end(), {"core", "walker", "kernel", "pte", "vm.fault_around", "vm.file_system",
                           "vm.file_cache", "vm.readahead", "vm.dirty_threshold", "nr_hugepages",
                           "engine", "measure.accounting", "measure.interval",
                           "measure.interval_unit", "measure.warm_up", "measure.region"});
    return all;
  }();
  return keys;
}

bool has_flag(const std::string& key) {
  const auto& keys = keys_with_flags();
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

// The last part of a dotted key is enough.
std::string flag_of(const std::string& key) {
  std::string flag = "--" + key.substr(key.rfind('.') + 1);
  std::replace(flag.begin(), flag.end(), '_', '-');
  return flag;
}

}  // namespace tessera::cli
