#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "sw/sweep/summary.hpp"

namespace tessera::sweep {

/// The axes that tables and heat maps are made over: the two of numbers that have most values, in
/// the order of the file; fewer if there are fewer.
std::vector<std::size_t> plane_of(const Summary& summary);

/// The quantities that reports compare methods by: cycles an access and TLB refills, if counted.
std::vector<std::string> compared_quantities(const Summary& summary);

/// In Markdown, for each pair of methods and compared quantity: the ratio over the plane, for each
/// place of the other axes, with 95 % intervals, and what ended the runs that have none; and along
/// each axis of the plane where the ratio crosses 1; without a plane, what each method takes at
/// each place. At last how often each method is the best; and at first what is missing.
std::string markdown_of(const Summary& summary);

}  // namespace tessera::sweep
