#include <array>

#include "model/pte/formats/formats.hpp"

namespace tessera::pte {

namespace {

constexpr std::array<const Format*, 5> kFormats{&kFsl32, &kFsl64, &kX8664, &kFsl64NoneMask,
                                                &kFsl64PteToPgoff};

}  // namespace

const Format* find_format(unsigned bits) {
  for (const Format* format : kFormats) {
    if (format->width_bytes * 8 == bits) return format;
  }
  return nullptr;
}

const Format* find_format(std::string_view name) {
  for (const Format* format : kFormats) {
    if (format->name == name) return format;
  }
  return nullptr;
}

std::vector<std::string_view> format_names() {
  std::vector<std::string_view> names;
  names.reserve(kFormats.size());
  for (const Format* format : kFormats) names.push_back(format->name);
  return names;
}

}  // namespace tessera::pte
