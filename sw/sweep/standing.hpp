#pragma once

#include <string>
#include <vector>

#include "sw/sweep/summary.hpp"

namespace tessera::sweep {

/// The methods that are compared, by their indices: all but `none`.
std::vector<std::size_t> rivals_of(const Summary& summary);

/// A pair of methods that are compared: the ratio is first : second, and of two methods the second
/// is the one that the program lists first.
struct Pair {
  std::size_t first = 0;
  std::size_t second = 0;
};
std::vector<Pair> pairs_of(const Summary& summary);

/// Runs of one of these methods are missing at a place: nothing is decided there.
bool waits(const Summary& summary, const Place& place, const Pair& pair);

/// How the methods stand at a place, by cycles an access.
struct Standing {
  /// Rivals that did the whole job, the fewest cycles first.
  std::vector<std::size_t> ranked;
  bool waits = false;  ///< runs of a rival are missing: nothing is decided
  bool tie = false;    ///< the first two take the same

  bool decided() const { return !waits && !ranked.empty(); }
};
Standing standing_of(const Summary& summary, const std::vector<Cell>& cells);

/// How often each method takes the fewest cycles an access: "Fewest cycles an access, of 20
/// combinations: mmap at 8, rfp at 12."; or why there is nothing to say.
std::string winners_text(const Summary& summary);

/// "12 of 32 runs done, 8 refused, 12 missing".
std::string progress_text(const Summary& summary);

}  // namespace tessera::sweep
