#include <array>

#include "sw/vm/kernels/kernels.hpp"

namespace tessera::vm {

namespace {

constexpr std::array<const Personality*, 8> kKernels{
    &kLinux2542, &kLinux2611, &kLinux38, &kLinux318, &kLinux41, &kLinux61, &kLinux66, &kLinux618};

}  // namespace

const Personality* find_kernel(std::string_view name) {
  for (const Personality* kernel : kKernels) {
    if (kernel->name == name) return kernel;
  }
  return nullptr;
}

std::vector<std::string_view> kernel_names() {
  std::vector<std::string_view> names;
  names.reserve(kKernels.size());
  for (const Personality* kernel : kKernels) names.push_back(kernel->name);
  return names;
}

}  // namespace tessera::vm
