#include "tb/lockstep/subjects.hpp"

#include "Vmmu_lru.h"
#include "Vmmu_odd.h"
#include "model/rtl/rtl_engine.hpp"
#include "model/rtl/verilated_device.hpp"
#include "tb/lockstep/named_parameters.hpp"

namespace tessera::lockstep {

std::ostream& operator<<(std::ostream& out, const Subject& subject) { return out << subject.name; }

const std::vector<Subject>& subjects() {
  static const std::vector<Subject> all{{"e500mc", *mmu::find_core("e500mc")},
                                        {"e500v2", *mmu::find_core("e500v2")},
                                        {"qemu", *mmu::find_core("qemu")},
                                        {"odd", core_with(ODD_PARAMETERS)},
                                        {"lru", core_with(LRU_PARAMETERS)}};
  return all;
}

std::unique_ptr<clocked::PinDevice> make_rtl(const Subject& subject) {
  if (subject.name == "odd") {
    return std::make_unique<rtl::VerilatedDevice<Vmmu_odd>>();
  }
  if (subject.name == "lru") {
    return std::make_unique<rtl::VerilatedDevice<Vmmu_lru>>();
  }
  return rtl::make_rtl_device(subject.core.parameters, subject.core.timing);
}

}  // namespace tessera::lockstep
