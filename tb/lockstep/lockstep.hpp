#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "model/clocked/pins.hpp"
#include "tb/lockstep/stimulus.hpp"
#include "tb/lockstep/translation_checker.hpp"

namespace tessera::lockstep {

/// What a run in lock step compared and met.
struct Comparison {
  std::uint64_t cycles = 0;
  std::uint64_t pins = 0;                  ///< output pins compared, over all cycles
  std::array<std::uint64_t, 27> events{};  ///< cycles with each performance event
  std::array<std::uint64_t, 5> traps{};    ///< instructions that ended with each trap
  std::string difference;                  ///< empty: none
};

/// Two devices under the same inputs, every output pin compared in every cycle. Stops at the first
/// difference, or at the first response that its checker finds wrong, and tells it with the last 20
/// cycles side by side.
class Lockstep {
 public:
  /// Names are what a report calls the devices.
  Lockstep(clocked::PinDevice& left, std::string left_name, clocked::PinDevice& right,
           std::string right_name);

  /// Has every response of the left device checked; the checker outlives the run. Before the first
  /// cycle.
  void check_with(TranslationChecker& checker) { checker_ = &checker; }

  /// One cycle; false at a difference.
  bool step(const clocked::InputPins& in);

  /// So many cycles; false at a difference.
  bool run(Stimulus& stimulus, std::uint64_t cycles);

  /// The outputs of the next cycle, alike on both.
  const clocked::OutputPins& shown() const { return shown_; }

  const Comparison& comparison() const { return comparison_; }

 private:
  struct Cycle {
    clocked::InputPins in;
    clocked::OutputPins left;
    clocked::OutputPins right;
  };

  /// What a report shows.
  static constexpr std::size_t kTold = 20;

  void count(const clocked::OutputPins& out);
  std::string story(const std::string& what) const;

  clocked::PinDevice& left_;
  clocked::PinDevice& right_;
  std::string left_name_;
  std::string right_name_;
  TranslationChecker* checker_ = nullptr;
  std::array<Cycle, kTold> last_;  ///< cycle n is n modulo kTold
  clocked::OutputPins shown_;
  Comparison comparison_;
};

}  // namespace tessera::lockstep
