#pragma once

#include <string>

#include "sw/sweep/summary.hpp"

namespace tessera::sweep {

/// A page that shows a sweep and needs no other file and no network: lines with intervals, a heat
/// map, where methods cross, the best at each place. With only the compared quantities where it
/// would be larger than 3 MB with all; throws UserError when it is so even then.
std::string page_of(const Summary& summary);

}  // namespace tessera::sweep
