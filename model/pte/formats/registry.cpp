#include <array>

#include "model/pte/formats/formats.hpp"

namespace tessera::pte {

namespace {

constexpr std::array<const Format*, 2> kFormats{&kFsl32, &kFsl64};

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

}  // namespace tessera::pte
