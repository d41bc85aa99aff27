#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "model/types/units.hpp"
#include "sw/vm/hardware.hpp"

namespace tessera::machine {

/// Why a refill was necessary (docs/accounting.md).
enum class RefillClass : std::uint8_t { Compulsory, Capacity, Conflict, Tlb1, Flush };
inline constexpr std::size_t kRefillClasses = 5;

/// How much an invalidation takes: one page, one PID, everything that is not protected.
enum class FlushReach : std::uint8_t { Va, Pid, All };
inline constexpr std::size_t kFlushReaches = 3;

/// An invalidation, and its number: the first one since reset is 1.
struct FlushEvent {
  FlushReach reach = FlushReach::Va;
  vm::FlushCause cause = vm::FlushCause::Remap;
  std::uint64_t sequence = 0;
};

/// The class of one refill, and the flush that it is charged to if that is Flush.
struct RefillKind {
  RefillClass refill_class = RefillClass::Compulsory;
  FlushEvent flush{};
};

/// One class, or one reach and cause of class Flush: what refills are counted by.
using RefillGroup = std::size_t;
inline constexpr std::size_t kRefillGroups = kRefillClasses - 1 + kFlushReaches * vm::kFlushCauses;

/// The group that a refill of this kind is counted in.
constexpr RefillGroup group_of(const RefillKind& kind) {
  if (kind.refill_class != RefillClass::Flush) return static_cast<RefillGroup>(kind.refill_class);
  return kRefillClasses - 1 + static_cast<std::size_t>(kind.flush.reach) * vm::kFlushCauses +
         static_cast<std::size_t>(kind.flush.cause);
}

/// The class of a group.
constexpr RefillClass class_of(RefillGroup group) {
  return group < kRefillClasses - 1 ? static_cast<RefillClass>(group) : RefillClass::Flush;
}

/// "compulsory" ...
const char* name_of(RefillClass refill_class);

/// What became of the page since it was in TLB0 last, in one line.
const char* meaning_of(RefillClass refill_class);

/// How much such a flush takes, in one line.
const char* meaning_of(FlushReach reach);

/// "va", "pid", "all".
const char* name_of(FlushReach reach);

/// Within class Flush: "pid_unmap"; of other classes: the class.
std::string name_of(RefillGroup group);

/// Refills and their cycles by group; `failed` are cycles of handlers and walks that wrote nothing.
struct RefillAccount {
  std::array<std::uint64_t, kRefillGroups> refills{};
  std::array<Cycles, kRefillGroups> cycles{};
  Cycles failed;

  void add(const RefillKind& kind, Cycles duration) {
    const RefillGroup group = group_of(kind);
    ++refills[group];
    cycles[group] += duration;
  }

  std::uint64_t all_refills() const;
  std::uint64_t refills_of(RefillClass refill_class) const;
  /// `failed` not among them.
  Cycles all_cycles() const;
};

/// What was added from `start` to `end`.
RefillAccount between(const RefillAccount& start, const RefillAccount& end);

}  // namespace tessera::machine
