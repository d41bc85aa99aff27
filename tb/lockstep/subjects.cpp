#include "tb/lockstep/subjects.hpp"

#include <algorithm>
#include <array>

#include "Vmmu_lru.h"
#include "Vmmu_lru_tablewalk.h"
#include "Vmmu_odd.h"
#include "Vmmu_odd_e6500.h"
#include "model/rtl/rtl_engine.hpp"
#include "model/rtl/translated_sets.hpp"
#include "model/rtl/verilated_device.hpp"
#include "tb/lockstep/named_parameters.hpp"

namespace tessera::lockstep {
namespace {

/// In the order of own_subject.
using OwnModels = rtl::ModelList<Vmmu_odd, Vmmu_lru, Vmmu_odd_e6500, Vmmu_lru_tablewalk>;

Subject preset(const std::string& name) { return {name, *mmu::find_core(name)}; }

Subject with_tablewalk(const std::string& name) {
  return {name + "_tablewalk", core_with("HTW=1", *mmu::find_core(name))};
}

Subject with_e6500(const std::string& name) {
  return {name + "_e6500", core_with("TSIZE_BITS=5 HTW=2", *mmu::find_core(name))};
}

}  // namespace

std::ostream& operator<<(std::ostream& out, const Subject& subject) { return out << subject.name; }

const std::vector<Subject>& subjects() {
  static const std::vector<Subject> all{preset("e500mc"),
                                        preset("e500v2"),
                                        preset("qemu"),
                                        with_tablewalk("e500mc"),
                                        with_tablewalk("e500v2"),
                                        with_tablewalk("qemu"),
                                        with_e6500("e500mc"),
                                        with_e6500("e500v2"),
                                        with_e6500("qemu"),
                                        {"odd", core_with(ODD_PARAMETERS)},
                                        {"lru", core_with(LRU_PARAMETERS)},
                                        {"odd_e6500", core_with(ODD_E6500_PARAMETERS)},
                                        {"lru_tablewalk", core_with(LRU_TABLEWALK_PARAMETERS)}};
  return all;
}

std::optional<std::size_t> own_subject(const std::string& name) {
  static constexpr std::array kOwn{"odd", "lru", "odd_e6500", "lru_tablewalk"};
  const auto* const found = std::find(kOwn.begin(), kOwn.end(), name);
  if (found == kOwn.end()) {
    return {};
  }
  return static_cast<std::size_t>(found - kOwn.begin());
}

std::unique_ptr<clocked::PinDevice> make_rtl(const Subject& subject) {
  if (const auto own = own_subject(subject.name)) {
    return rtl::make_device<rtl::VerilatedDevice>(OwnModels{}, *own);
  }
  return rtl::make_rtl_device(subject.core.parameters, subject.core.timing);
}

}  // namespace tessera::lockstep
