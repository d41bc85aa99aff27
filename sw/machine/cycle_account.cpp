#include "sw/machine/cycle_account.hpp"

namespace tessera::machine {

const char* name_of(Part part) {
  static constexpr std::array<const char*, kParts> kNames{"user",       "walk",         "tlb_miss",
                                                          "page_fault", "mapping_call", "flush"};
  return kNames.at(static_cast<std::size_t>(part));
}

const char* name_of(Activity activity) {
  static constexpr std::array<const char*, kActivities> kNames{"instructions",     "translation",
                                                               "l2_penalty",       "memory_stall",
                                                               "mmu_instructions", "exceptions"};
  return kNames.at(static_cast<std::size_t>(activity));
}

}  // namespace tessera::machine
