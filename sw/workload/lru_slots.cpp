#include "sw/workload/lru_slots.hpp"

namespace tessera::workload {

LruSlots::LruSlots(std::uint32_t slots) : slots_(slots + 1) {
  const std::uint32_t guard = slots;
  slots_[guard] = {0, guard, guard};
  slot_of_.reserve(slots);
  for (std::uint32_t slot = 0; slot < slots; ++slot) {
    slots_[slot].element = slot;
    slot_of_.emplace(slot, slot);
    append(slot);
  }
}

LruSlots::Use LruSlots::use(std::uint64_t element) {
  const auto found = slot_of_.find(element);
  const bool replaced = found == slot_of_.end();
  const std::uint32_t slot = replaced ? slots_.back().newer : found->second;
  if (replaced) {
    slot_of_.erase(slots_[slot].element);
    slot_of_.emplace(element, slot);
    slots_[slot].element = element;
  }
  unlink(slot);
  append(slot);
  return {slot, replaced};
}

void LruSlots::unlink(std::uint32_t slot) {
  slots_[slots_[slot].older].newer = slots_[slot].newer;
  slots_[slots_[slot].newer].older = slots_[slot].older;
}

void LruSlots::append(std::uint32_t slot) {
  const auto guard = static_cast<std::uint32_t>(slots_.size() - 1);
  slots_[slot].older = slots_[guard].older;
  slots_[slot].newer = guard;
  slots_[slots_[guard].older].newer = slot;
  slots_[guard].older = slot;
}

}  // namespace tessera::workload
