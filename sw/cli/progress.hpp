#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace tessera::cli {

/// Tells on stderr how far a run is, how fast, and when it will end: nothing in the first
/// second, then a few times a second on a terminal, and every five seconds elsewhere.
class Progress {
 public:
  /// `unit` is what is counted, in the plural; `begun` of them were through before.
  explicit Progress(const char* unit = "rounds", std::uint64_t begun = 0);

  /// `label` names what is running; `done` of `total` units are through.
  void show(const std::string& label, std::uint64_t done, std::uint64_t total);

  /// Takes the line off a terminal again.
  void clear() const;

 private:
  using Clock = std::chrono::steady_clock;

  const char* unit_;
  std::uint64_t begun_;
  bool terminal_;
  bool shown_ = false;
  Clock::time_point started_;
  Clock::time_point next_;
};

}  // namespace tessera::cli
