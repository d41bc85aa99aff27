#include "model/pte/loader.hpp"

#include "model/pte/entry.hpp"

namespace tessera::pte {

namespace {

constexpr unsigned kMas3RpnShift = 12;
constexpr unsigned kMas3RpnBits = 20;
constexpr Raw kWimge = 0x1f;

std::uint32_t permissions(const LoaderRules& rules, Raw entry) {
  std::uint32_t granted = 0;
  for (unsigned bit = 0; bit < kMas3Permissions; ++bit) {
    if ((entry & rules.grant[bit]) == rules.grant[bit]) granted |= 1U << bit;
  }
  return granted;
}

}  // namespace

TlbFields load(const Format& format, Raw entry) {
  const std::uint64_t rpn = frame_of(format, entry).value();
  TlbFields fields;
  fields.mas3 =
      static_cast<std::uint32_t>(rpn << kMas3RpnShift) | permissions(format.loader, entry);
  fields.mas7_written = format.loader.writes_mas7;
  if (fields.mas7_written) fields.mas7 = static_cast<std::uint32_t>(rpn >> kMas3RpnBits);
  fields.mas2_wimge = static_cast<std::uint32_t>((entry >> format.present.wimge_shift) & kWimge);
  return fields;
}

}  // namespace tessera::pte
