#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

namespace tessera {
class Archive;
}

namespace tessera::workload {

/// Which element of the file each slot of the window shows, and which slot was used longest ago.
/// A database's buffer directory. At first slot i shows element i, slot 0 is the oldest, and the
/// elements that the file does not have are simply never asked for.
class LruSlots {
 public:
  explicit LruSlots(std::uint32_t slots);

  struct Use {
    std::uint32_t slot = 0;
    bool replaced = false;  ///< the slot showed something else before
  };

  /// The slot that shows `element`, which becomes the most recently used one; the least recently
  /// used slot is given to the element when none does.
  Use use(std::uint64_t element);

  /// What use() changes (decision 13).
  void state(Archive& archive);

 private:
  struct Slot {
    std::uint64_t element;
    std::uint32_t older;
    std::uint32_t newer;
  };

  void unlink(std::uint32_t slot);
  void append(std::uint32_t slot);

  // Slots form a ring through slots_.back(), a guard: its newer is the oldest slot.
  std::vector<Slot> slots_;
  std::unordered_map<std::uint64_t, std::uint32_t> slot_of_;
};

}  // namespace tessera::workload
