#pragma once

#include <cstdint>

#include "model/clocked/pins.hpp"
#include "model/mmu/parameters.hpp"
#include "sw/workload/random.hpp"

namespace tessera::lockstep {

/// Constrained random inputs, a cycle at a time. Addresses, PIDs and entries come from small pools,
/// so that they meet; phases favour requests, instructions or snoops in turn. The same parameters
/// and seed give the same cycles.
class Stimulus {
 public:
  Stimulus(const mmu::Parameters& parameters, std::uint64_t seed);

  /// The inputs of the next cycle. The first is a reset.
  clocked::InputPins next();

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
  std::uint32_t address();
  std::uint32_t pid();
  std::uint32_t lpid();
  void put_fetch(clocked::InputPins& in);
  void put_data(clocked::InputPins& in);
  void put_instruction(clocked::InputPins& in);
  void put_mtspr(clocked::InputPins& in);
  void put_snoop(clocked::InputPins& in);
  std::uint32_t mas_value(unsigned number);

  mmu::Parameters parameters_;
  workload::Random random_;
  Phase phase_{};
  std::uint32_t phase_left_ = 0;
  std::uint32_t reset_left_ = 1;
};

}  // namespace tessera::lockstep
