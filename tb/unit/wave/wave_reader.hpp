#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace tessera::wave {

/// One signal of a wave, as a reader finds it. Values of more than 64 bits are not kept.
struct Signal {
  unsigned width = 0;
  std::map<std::uint64_t, std::uint64_t> changes;  ///< value by tick

  /// The value at a tick; 0 before the first.
  std::uint64_t at(std::uint64_t tick) const;
};

/// What a wave file holds.
struct Contents {
  std::map<std::string, Signal> signals;  ///< by path: "mmu.u_i_port.valid_i"
  std::string timescale;
  std::uint64_t first_tick = 0;
  std::uint64_t last_tick = 0;

  const Signal& signal(const std::string& path) const { return signals.at(path); }
};

/// Reads a value change dump. Throws std::runtime_error where it is none.
Contents read_vcd(const std::filesystem::path& file);

/// Reads an FST file, with GTKWave's own reader. Throws std::runtime_error where it is none.
Contents read_fst(const std::filesystem::path& file);

/// Reads either, by its extension.
Contents read_wave(const std::filesystem::path& file);

/// The last tick of either, however large it is. Throws std::runtime_error where there is none.
std::uint64_t last_tick(const std::filesystem::path& file);

}  // namespace tessera::wave
