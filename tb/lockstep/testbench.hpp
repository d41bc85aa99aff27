#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "model/clocked/clocked_mmu.hpp"
#include "model/mmu/engine.hpp"
#include "tb/lockstep/lockstep.hpp"
#include "tb/lockstep/subjects.hpp"

namespace tessera::lockstep {

/// What a directed test maps.
struct PageToMap {
  std::uint32_t ea = 0;
  std::uint32_t frame = 0;  ///< RA[31:12]
  std::uint32_t tid = 0;
  std::uint32_t esel = 0;
  bool tlb1 = false;
};

/// An answer and the cycle it came in.
struct Answer {
  std::uint64_t cycle = 0;
  clocked::OutputPins pins;
};

/// What a hardware walker reads in a directed test: always ready; where nothing has been put there
/// is a bus error.
struct PutMemory {
  std::map<std::uint64_t, std::uint64_t> words;
  unsigned latency = 1;
};

/// A subject as C++ and as RTL in lock step, with the checker, for tests that say themselves what
/// happens in which cycle. Out of reset at first. A difference throws std::runtime_error with its
/// text.
class Testbench {
 public:
  explicit Testbench(const std::string& subject);

  /// The cycle that the next step will be.
  std::uint64_t now() const { return lockstep_.comparison().cycles; }

  /// Outputs of that cycle.
  const clocked::OutputPins& shown() const { return lockstep_.shown(); }

  /// Events so far: cycles in which each bit of perf_event was 1.
  const std::array<std::uint64_t, 27>& events() const { return lockstep_.comparison().events; }

  /// Answers from the next cycle on.
  PutMemory& memory() { return memory_; }

  /// One cycle with these inputs, and the memory's; the outputs of the next one.
  const clocked::OutputPins& step(const clocked::InputPins& in = {});

  void idle(std::uint64_t cycles);

  /// Idle up to a response on the port, or *done*; throws if none comes within 1000 cycles.
  Answer data_response();
  Answer fetch_response();
  Answer instruction_done();

  /// A request or instruction in this cycle and its answer, with nothing else going on.
  Answer load(std::uint32_t ea);
  Answer fetch(std::uint32_t ea);
  Answer execute(const clocked::InputPins& in);

  void mtspr(mmu::Spr spr, std::uint32_t value);
  std::uint32_t mfspr(mmu::Spr spr);

  /// MAS registers for a page that anyone may use for anything, and then tlbwe.
  void select(const PageToMap& page);
  void map(const PageToMap& page);

 private:
  void answer_walker(clocked::InputPins& in);

  Subject subject_;
  clocked::ClockedMmu model_;
  std::unique_ptr<clocked::PinDevice> rtl_;
  TranslationChecker checker_;
  Lockstep lockstep_;
  PutMemory memory_;
  std::optional<std::uint64_t> asked_;  ///< RA of the load that is outstanding
  unsigned left_ = 0;                   ///< cycles up to its response
};

/// Inputs with one valid.
clocked::InputPins load_pins(std::uint32_t ea);
clocked::InputPins fetch_pins(std::uint32_t ea);
clocked::InputPins snoop_pins(std::uint32_t ea);
clocked::InputPins instruction_pins(mmu::Opcode opcode, std::uint32_t operand = 0,
                                    std::uint8_t t = 3);
clocked::InputPins mtspr_pins(mmu::Spr spr, std::uint32_t value);

}  // namespace tessera::lockstep
