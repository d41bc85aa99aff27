#include "model/mmu/core.hpp"

#include <algorithm>
#include <array>

namespace tessera::mmu {

namespace {
constexpr std::array kCores{&cores::kE500mc, &cores::kE500v2, &cores::kE6500Walker, &cores::kQemu};
}  // namespace

const Core* find_core(std::string_view name) {
  const auto* const found = std::find_if(kCores.begin(), kCores.end(),
                                         [&](const Core* core) { return core->name == name; });
  return found == kCores.end() ? nullptr : *found;
}

std::vector<std::string_view> core_names() {
  std::vector<std::string_view> names;
  names.reserve(kCores.size());
  for (const Core* core : kCores) names.push_back(core->name);
  return names;
}

}  // namespace tessera::mmu
