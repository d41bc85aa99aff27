#include "sw/machine/method.hpp"

#include <algorithm>
#include <stdexcept>

namespace tessera::machine {

const std::vector<MethodDescription>& methods() {
  static const std::vector<MethodDescription> all_methods{
      {Method::None, "none", "nothing: the window stays as first mapped", 0},
      {Method::Mmap, "mmap", "mmap(MAP_SHARED|MAP_FIXED)", 38},
      {Method::MmapPopulate, "mmap_pop", "mmap(MAP_SHARED|MAP_FIXED|MAP_POPULATE)", 38},
      {Method::Remap, "rfp", "remap_file_pages()", 17},
      {Method::RemapNonblock, "rfp_nb", "remap_file_pages(MAP_NONBLOCK)", 17},
      {Method::Hugetlb, "hugetlb", "mmap(MAP_SHARED|MAP_FIXED) of a file on a hugetlbfs", 38},
  };
  return all_methods;
}

std::vector<Method> usual_methods() {
  return {Method::None, Method::Mmap, Method::MmapPopulate, Method::Remap, Method::RemapNonblock};
}

const MethodDescription& describe(Method method) {
  return methods().at(static_cast<std::size_t>(method));
}

std::optional<Method> find_method(std::string_view name) {
  const auto found = std::find_if(methods().begin(), methods().end(),
                                  [&](const MethodDescription& m) { return m.name == name; });
  if (found == methods().end()) {
    return std::nullopt;
  }
  return found->method;
}

}  // namespace tessera::machine
