#include <array>
#include <stdexcept>
#include <string>

#include "model/pte/format_of.hpp"
#include "model/pte/formats/formats.hpp"
#include "model/pte/shipped.hpp"

namespace tessera::pte {

namespace {

/// A format and the layout that it is made from and points into.
struct Compiled {
  explicit Compiled(std::string_view name)
      : layout(shipped_layout(name)), format(format_of(layout)) {
    const std::string obstacle = machine_obstacle(layout);
    if (!obstacle.empty()) throw std::logic_error(std::string(name) + ": " + obstacle);
  }

  const Layout layout;
  const Format format;
};

/// The formats that a machine can be built with; of one width, the first is that width's. Those
/// that are files are compiled at first use.
const std::array<const Format*, 5>& formats() {
  static const Compiled fsl32("fsl32");
  static const Compiled fsl64("fsl64");
  static const Format none_mask = fsl64_none_mask(fsl64.format);
  static const Format misread = fsl64_pte_to_pgoff(fsl64.format);
  static const std::array<const Format*, 5> all{&fsl32.format, &fsl64.format, &kX8664, &none_mask,
                                                &misread};
  return all;
}

}  // namespace

const Format* find_format(unsigned bits) {
  for (const Format* format : formats()) {
    if (format->width_bytes * 8 == bits) return format;
  }
  return nullptr;
}

const Format* find_format(std::string_view name) {
  for (const Format* format : formats()) {
    if (format->name == name) return format;
  }
  return nullptr;
}

std::vector<std::string_view> format_names() {
  std::vector<std::string_view> names;
  names.reserve(formats().size());
  for (const Format* format : formats()) names.push_back(format->name);
  return names;
}

}  // namespace tessera::pte
