#include "sw/machine/memory/cache_level.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "model/types/user_error.hpp"

namespace tessera::machine {

CacheLevel::CacheLevel(const CacheShape& shape, const char* name)
    : ways_(shape.ways), latency_(shape.latency) {
  const std::uint64_t lines = shape.size.value() / kLine.value();
  const std::uint64_t sets = ways_ == 0 ? 0 : lines / ways_;
  const bool power_of_two = sets != 0 && (sets & (sets - 1)) == 0;
  if (!power_of_two || sets * ways_ * kLine.value() != shape.size.value()) {
    throw UserError(
        fmt::format("memory.{}: {} bytes in {} ways of {}-byte lines is not a power of two of sets",
                    name, shape.size.value(), ways_, kLine.value()));
  }
  set_mask_ = sets - 1;
  lines_.resize(lines);
}

bool CacheLevel::use(RealAddress ra) {
  const std::uint64_t line = ra.value() / kLine.value();
  const auto set = lines_.begin() + static_cast<std::ptrdiff_t>((line & set_mask_) * ways_);
  const auto last = set + ways_ - 1;
  const auto found = std::find(set, last, line + 1);
  const bool hit = *found == line + 1;
  std::move_backward(set, found, found + 1);
  *set = line + 1;
  return hit;
}

}  // namespace tessera::machine
