#pragma once

#include <string>
#include <vector>

#include "sw/sweep/summary.hpp"

namespace tessera::sweep {

/// Two methods along one axis, all other axes at one place.
struct Crossover {
  Place place;              ///< of the other axes; the axis' own index is 0
  std::vector<double> at;   ///< where the ratio crosses 1, ascending
  bool known = false;       ///< the ratio is known somewhere
  bool same = false;        ///< it is 1 wherever it is known
  bool first_wins = false;  ///< below the lowest crossing, or throughout: the ratio is below 1
};

/// Where the quantity's ratio, first method : second, crosses 1 along an axis of numbers: by place
/// of the other axes. Between two values of the axis it is taken to be straight in logarithms of
/// both (of the ratio alone below a value of 0). Values without a ratio, with one of exactly 1, or
/// with runs that are missing are passed over.
std::vector<Crossover> crossovers(const Summary& summary, std::size_t axis, std::size_t first,
                                  std::size_t second, const std::string& quantity);

/// "rfp up to 83, then mmap", "rfp throughout".
std::string words_for(const Crossover& crossover, const std::string& first,
                      const std::string& second);

}  // namespace tessera::sweep
