#include "model/mmu/mas.hpp"
#include "sw/replay/mmu/core_rules.hpp"

namespace tessera::replay {

namespace mas0 = mmu::mas0;
namespace mas1 = mmu::mas1;
namespace mas2 = mmu::mas2;
namespace mas3 = mmu::mas3;
using mmu::Spr;

namespace {

bool is_tlb_error(const LogLine& operation) {
  const std::string_view result = operation.results.text("res");
  return result == "DTLB" || result == "ITLB";
}

bool is_search_miss(const LogLine& operation) {
  return operation.operation == "tlbsx" && mas1::kValid.of(operation.results.number("mas1")) == 0;
}

/// After tlbre of a TLB1 entry: the bits of EPN and RPN below the page size where the log and a
/// core may differ. QEMU keeps RPN as it was written; EPN it cuts by sizes that come in half steps.
std::uint32_t bits_below_page(const LogLine& operation, Spr spr, std::uint32_t expected) {
  if (operation.operation != "tlbre" || mas0::kTlbsel.of(operation.operands.number("m0")) == 0) {
    return 0;
  }
  const unsigned doublings = mas1::kTsize5.of(operation.results.number("mas1"));
  const std::uint64_t offsets = (std::uint64_t{1024} << doublings) - 1;
  const std::uint32_t below = mas2::kEpn.mask & static_cast<std::uint32_t>(offsets);
  const bool half_step = doublings % 2 != 0;
  const bool differs =
      (spr == Spr::Mas2 && half_step) || (spr == Spr::Mas3 && (expected & below) != 0);
  return differs ? below : 0;
}

}  // namespace

std::vector<OmittedBits> CoreRules::omitted_bits(const LogLine& operation, Spr spr,
                                                 std::uint32_t expected) const {
  std::vector<OmittedBits> omitted;
  const bool miss = is_tlb_error(operation) || is_search_miss(operation);
  if (spr == Spr::Mas0) {
    omitted = omitted_of_mas0(operation);
  } else if (spr == Spr::Mas2 && is_search_miss(operation) &&
             core_.tlbsx_miss_epn == mmu::TlbsxMissEpn::Keep) {
    omitted.push_back({mas2::kEpn.mask, Omission::SearchMissEpn});
  } else if (spr == Spr::Mas3 && miss && core_.miss_u_bits == mmu::MissUBits::Keep) {
    omitted.push_back({mas3::kUser.mask, Omission::MissUserBits});
  }
  if (core_.reserved_bits != mmu::ReservedBits::ReadZero) return omitted;
  if (const std::uint32_t bits = bits_below_page(operation, spr, expected); bits != 0) {
    omitted.push_back({bits, Omission::BelowPage});
  }
  if ((expected & reserved_bits(spr)) != 0) {
    omitted.push_back({reserved_bits(spr), Omission::ReservedBits});
  }
  return omitted;
}

std::uint32_t CoreRules::reserved_bits(Spr spr) const {
  if (spr == Spr::Pid0) return ~writable_.pid[0];
  if (spr == Spr::Mas7) return ~writable_.mas[7];
  return ~writable_.mas[static_cast<unsigned>(spr) - static_cast<unsigned>(Spr::Mas0)];
}

std::vector<OmittedBits> CoreRules::omitted_of_mas0(const LogLine& operation) const {
  std::vector<OmittedBits> omitted;
  const bool miss = is_tlb_error(operation) || is_search_miss(operation);
  const bool tlbre = operation.operation == "tlbre";
  if (core_.nv_scope != mmu::NvScope::Qemu) {
    if (miss) omitted.push_back({mas0::kEsel.mask, Omission::VictimWay});
    if (miss || tlbre || operation.operation == "tlbsx") {
      omitted.push_back({mas0::kNv.mask, Omission::NextVictim});
    }
  }
  if (tlbre && core_.tlbre_mas0 == mmu::TlbreMas0::NvOnly) {
    const std::uint32_t place = operation.operands.number("m0");
    if (mas0::kTlbsel.of(place) == 0 && mas0::kEsel.of(place) >= core_.tlb0_ways) {
      omitted.push_back({mas0::kEsel.mask, Omission::SelectedWay});
    }
  }
  return omitted;
}

}  // namespace tessera::replay
