#pragma once

#include <cstdint>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include "model/clocked/pins.hpp"
#include "model/wave/wave_file.hpp"

namespace tessera::wave {

/// A wave of the pins of module `mmu`, of whatever it is made, as a value change dump (IEEE 1364
/// section 18). docs/decisions/0009-waves.md says why SystemC's own is not used.
class VcdWave final : public WaveFile {
 public:
  /// Creates the file. Throws UserError when that fails.
  explicit VcdWave(const Wave& wave);

  /// Shows one cycle. Throws UserError when the file cannot be written.
  void show(Cycles cycle, const clocked::InputPins& in, const clocked::OutputPins& out);

 private:
  struct Pin {
    unsigned width = 1;
    std::optional<std::uint64_t> shown;  ///< the value that the file has, if any
  };

  void close() override;
  void write_header();
  void show_pin(std::size_t pin, std::uint64_t value);
  void write_out();
  void check() const;

  std::ofstream file_;
  std::string text_;       ///< not written yet
  std::vector<Pin> pins_;  ///< the clock, then as visited
};

}  // namespace tessera::wave
