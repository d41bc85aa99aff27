#include "sw/machine/cycle_account.hpp"

namespace tessera::machine {

const char* name_of(Part part) {
  static constexpr std::array<const char*, kParts> kNames{"user",       "walk",         "tlb_miss",
                                                          "page_fault", "mapping_call", "flush"};
  return kNames.at(static_cast<std::size_t>(part));
}

const char* meaning_of(Part part) {
  static constexpr std::array<const char*, kParts> kMeanings{
      "the program: its instructions at one a cycle, its translations, its waiting for memory",
      "with a hardware walker: translations for which it read memory, from request to response, "
      "the searches before and after the walk included",
      "TLB-miss handlers, from exception entry to rfi or to the branch into the page-fault handler",
      "the page-fault path, from exception entry or that branch to rfi; flush instructions apart",
      "mmap and remap_file_pages, from sc to rfi; flush instructions apart",
      "the instructions that invalidate TLB entries, whoever orders them"};
  return kMeanings.at(static_cast<std::size_t>(part));
}

const char* name_of(Activity activity) {
  static constexpr std::array<const char*, kActivities> kNames{"instructions",     "translation",
                                                               "l2_penalty",       "memory_stall",
                                                               "mmu_instructions", "exceptions"};
  return kNames.at(static_cast<std::size_t>(activity));
}

const char* meaning_of(Activity activity) {
  static constexpr std::array<const char*, kActivities> kMeanings{
      "instructions that touch neither memory nor the MMU, one a cycle",
      "of every translation as many cycles as an L1 hit takes",
      "the rest of a translation that missed its L1 TLB; a walker's own steps",
      "waiting for caches and memory: loads, stores, and the loads of a walker",
      "tlbwe, tlbilx, mtspr and mfspr of the MMU's registers, isync",
      "exception entry and rfi"};
  return kMeanings.at(static_cast<std::size_t>(activity));
}

}  // namespace tessera::machine
