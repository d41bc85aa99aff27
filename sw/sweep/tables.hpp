#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "sw/sweep/summary.hpp"

namespace tessera::sweep {

/// The axes that tables and heat maps are made over: the two of numbers that have most values, in
/// the order of the file; fewer if there are fewer.
std::vector<std::size_t> plane_of(const Summary& summary);

/// A pair of methods that are compared: the ratio is first : second, and of two methods the second
/// is the one that the program lists first.
struct Pair {
  std::size_t first = 0;
  std::size_t second = 0;
};
std::vector<Pair> pairs_of(const Summary& summary);

/// The quantities that reports compare methods by: cycles an access and TLB refills, if counted.
std::vector<std::string> compared_quantities(const Summary& summary);

/// In Markdown, for each pair of methods and compared quantity: the ratio over the plane, for each
/// place of the other axes, with 95 % intervals, and what ended the runs that have none; and along
/// each axis of the plane where the ratio crosses 1. At last how often each method is the best.
std::string markdown_of(const Summary& summary);

/// How often each method takes the fewest cycles an access: "rfp is best at 12 of 20 places ...".
std::string winners_text(const Summary& summary);

/// The method of the fewest cycles an access at a place; nothing when no run did the whole job.
std::optional<std::size_t> best_at(const std::vector<Cell>& cells);

}  // namespace tessera::sweep
