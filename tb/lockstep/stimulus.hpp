#pragma once

#include <cstdint>

#include "model/clocked/pins.hpp"
#include "model/mmu/parameters.hpp"
#include "sw/workload/random.hpp"
#include "tb/lockstep/software.hpp"
#include "tb/lockstep/walked_memory.hpp"

namespace tessera::lockstep {

/// Constrained random inputs, a cycle at a time. Phases of two kinds take turns: short ones in
/// which anything may happen, with addresses, PIDs and entries from small pools, so that they meet;
/// and long ones in which software refills, so that most translations hit. The same parameters and
/// seed, on devices that answer the same, give the same cycles.
class Stimulus {
 public:
  Stimulus(const mmu::Parameters& parameters, std::uint64_t seed);

  /// The inputs of the next cycle, given the outputs of that cycle: those that the step before
  /// has returned. The first is a reset.
  const clocked::InputPins& next(const clocked::OutputPins& shown);

 private:
  /// Chances in 1024 of a valid on each channel in a cycle.
  struct Phase {
    std::uint32_t i_request;
    std::uint32_t d_request;
    std::uint32_t instruction;
    std::uint32_t snoop;
  };

  bool chance(std::uint32_t of_1024) { return random_.below(1024) < of_1024; }
  void begin_phase();
  void begin_software_phase();
  void put_reset();
  std::uint32_t address();
  std::uint32_t any_address();
  std::uint32_t pid();
  std::uint32_t lpid();
  void put_fetch();
  void put_data();
  void put_instruction();
  void put_any_instruction();
  void put_mtspr();
  void put_walk_register();
  void put_snoop();
  std::uint32_t mas_value(unsigned number);
  std::uint32_t indirect_mas1();

  mmu::Parameters parameters_;
  workload::Random random_;
  WalkedMemory memory_;
  Software software_;
  clocked::InputPins in_;
  clocked::OutputPins shown_;  ///< outputs of the cycle that in_ is for
  bool i_waits_ = false;       ///< the last request was not accepted
  bool d_waits_ = false;
  bool refilled_ = false;       ///< the phase is one of software's
  bool walks_ = false;          ///< there is a hardware walker
  bool indirect_ = false;       ///< that of the E6500
  bool snooped_walks_ = false;  ///< the phase has many snoops while a walk goes on
  Phase phase_{};
  std::uint32_t phase_left_ = 0;
  std::uint32_t reset_left_ = 1;
};

}  // namespace tessera::lockstep
