#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/pte/layout.hpp"

namespace tessera::pte {

/// A row of tb/golden/pte/pte_vectors.csv.
struct Vector {
  std::string format;
  unsigned width = 0;
  Raw none_mask = 0;
  Raw file_bits = 0;
  unsigned max_bits = 0;
  std::uint64_t pgoff = 0;
  Raw raw = 0;
  std::uint64_t decoded = 0;
  bool none = false;
};

/// All rows.
std::vector<Vector> read_vectors();

/// Every shipped format.
std::vector<Layout> shipped_layouts();

}  // namespace tessera::pte
