#pragma once

#include <string>
#include <vector>

#include "sw/pte_lab/decoder_ports.hpp"

namespace tessera::pte_rtl {

/// A word of which decoder and format say different things.
struct Difference {
  pte::Raw word = 0;
  pte_lab::Decoded<pte::Raw> expected{};  ///< what the format says
  pte_lab::Decoded<pte::Raw> got{};       ///< what the decoder says
};

/// The word, each port that is wrong, what both take the entry for, and what would come of it.
std::vector<std::string> story_of(const pte::Layout& layout, const Difference& difference);

}  // namespace tessera::pte_rtl
