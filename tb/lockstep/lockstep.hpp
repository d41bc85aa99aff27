#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <string>

#include "model/clocked/pins.hpp"
#include "tb/lockstep/stimulus.hpp"

namespace tessera::lockstep {

/// What a run in lock step compared and met.
struct Comparison {
  std::uint64_t cycles = 0;
  std::uint64_t pins = 0;                  ///< output pins compared, over all cycles
  std::array<std::uint64_t, 22> events{};  ///< cycles with each performance event
  std::array<std::uint64_t, 5> traps{};    ///< instructions that ended with each trap
  std::string difference;                  ///< empty: none
};

/// Two devices under the same inputs, every output pin compared in every cycle. Stops at the first
/// difference and tells it with the last 20 cycles side by side.
class Lockstep {
 public:
  /// Names are what a report calls the devices.
  Lockstep(clocked::PinDevice& left, std::string left_name, clocked::PinDevice& right,
           std::string right_name);

  /// Runs so many cycles; false at a difference.
  bool run(Stimulus& stimulus, std::uint64_t cycles);

  const Comparison& comparison() const { return comparison_; }

 private:
  struct Cycle {
    std::uint64_t number = 0;
    clocked::InputPins in;
    clocked::OutputPins left;
    clocked::OutputPins right;
  };

  void remember(const Cycle& cycle);
  std::string story(const std::string& pin) const;

  clocked::PinDevice& left_;
  clocked::PinDevice& right_;
  std::string left_name_;
  std::string right_name_;
  std::deque<Cycle> last_;
  Comparison comparison_;
};

}  // namespace tessera::lockstep
