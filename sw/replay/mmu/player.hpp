#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "model/mmu/engine.hpp"
#include "sw/replay/mmu/comparator.hpp"
#include "sw/replay/mmu/log_line.hpp"

namespace tessera::replay {

/// Plays the lines of one log on an engine and compares everything the engine answers.
class Player {
 public:
  Player(mmu::MmuEngine& engine, Comparator& comparator)
      : engine_(engine), comparator_(comparator) {}

  /// Throws MalformedLine on an operation it does not know.
  void play(const LogLine& line);

  std::uint64_t operations() const { return operations_; }
  /// A Z line was seen: the log is complete.
  bool complete() const { return complete_; }

 private:
  void play_operation(const LogLine& line);
  bool play_instruction(const LogLine& line);
  bool play_plain_access(const LogLine& line);
  void play_cache_op(const LogLine& line);
  void play_unprivileged(const LogLine& line);
  void finish_dump();
  void set_up();

  void load(const Pairs& operands);
  void write(mmu::Spr spr, std::uint32_t value);
  std::uint32_t read(mmu::Spr spr);
  void execute(const LogLine& line, const mmu::Instruction& instruction);

  mmu::Translation access(const LogLine& line, mmu::AccessKind kind, bool external_pid = false);
  void compare_outcome(const LogLine& line, const mmu::Translation& translation);
  void compare_fault(const LogLine& line, std::string_view result,
                     const mmu::Translation& translation);
  void compare_store(const LogLine& line, const mmu::Translation& translation);
  void play_crossing_load(const LogLine& line, const mmu::Translation& first);
  void compare_registers(const LogLine& line);
  void compare_entry(const LogLine& line, const mmu::TlbEntry& entry);

  mmu::MmuEngine& engine_;
  Comparator& comparator_;
  std::vector<LogLine> dump_;
  std::uint64_t operations_ = 0;
  bool complete_ = false;
};

}  // namespace tessera::replay
