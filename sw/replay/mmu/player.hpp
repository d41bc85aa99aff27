#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "model/mmu/engine.hpp"
#include "model/mmu/parameters.hpp"
#include "sw/replay/mmu/absent_entries.hpp"
#include "sw/replay/mmu/comparator.hpp"
#include "sw/replay/mmu/core_rules.hpp"
#include "sw/replay/mmu/log_line.hpp"

namespace tessera::replay {

/// Plays the lines of one log on an engine and compares everything the engine answers, except for
/// what its core makes otherwise than QEMU.
class Player {
 public:
  Player(mmu::MmuEngine& engine, const mmu::Parameters& core, Comparator& comparator)
      : engine_(engine), comparator_(comparator), rules_(core), absent_(core.tlb1_entries) {}

  /// Throws UnusableLine on an operation it does not know, and on a log that the core cannot play.
  void play(const LogLine& line);

  std::uint64_t operations() const { return operations_; }
  /// A Z line was seen: the log is complete.
  bool complete() const { return complete_; }

 private:
  void play_operation(const LogLine& line);
  void play_by_name(const LogLine& line);
  std::optional<Omission> reason_not_to_play(const LogLine& line);
  void omit_fields(const LogLine& line);
  bool play_instruction(const LogLine& line);
  bool play_plain_access(const LogLine& line);
  void play_cache_op(const LogLine& line);
  void play_unprivileged(const LogLine& line);
  void finish_dump();
  void leave_out_absent_entries();
  void set_up();

  void load(const Pairs& operands);
  void write(mmu::Spr spr, std::uint32_t value);
  std::uint32_t read(mmu::Spr spr);
  void execute(const LogLine& line, const mmu::Instruction& instruction);

  mmu::Translation access(const LogLine& line, mmu::AccessKind kind, bool external_pid = false);
  void compare_outcome(const LogLine& line, const mmu::Translation& translation);
  void compare_fault(const LogLine& line, std::string_view result,
                     const mmu::Translation& translation);
  /// Something there tells its own address; else that is counted as left out.
  bool is_identified(std::uint64_t pa);
  void compare_store(const LogLine& line, const mmu::Translation& translation);
  void play_crossing_load(const LogLine& line, const mmu::Translation& first);
  void compare_registers(const LogLine& line);
  void adopt_registers(const LogLine& line);
  void drop_what_qemu_dropped(const LogLine& tlbilx);
  void overwrite_invalid(const mmu::TlbEntry& entry);
  void compare_entry(const LogLine& line, const mmu::TlbEntry& entry);

  mmu::MmuEngine& engine_;
  Comparator& comparator_;
  CoreRules rules_;
  AbsentEntries absent_;
  std::vector<LogLine> dump_;
  std::uint64_t operations_ = 0;
  bool complete_ = false;
};

}  // namespace tessera::replay
