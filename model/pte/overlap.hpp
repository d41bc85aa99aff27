#pragma once

#include <string>
#include <vector>

#include "model/pte/table_reader.hpp"

namespace tessera::pte {

/// What one part of an entry takes up.
struct Occupied {
  std::string what;
  Raw mask = 0;
};

/// Two parts that want the same bit.
struct Clash {
  std::size_t later = 0;  ///< the second of the two in the list
  std::string words;      ///< empty: there is none
};

/// The first clash in the list.
Clash find_clash(const std::vector<Occupied>& parts);

/// Refuses parts that overlap, at `key`, unless the table has the key `overlap` with the reason:
/// some kernels do let fields overlap.
void refuse_overlap(const TableReader& table, const std::string& key,
                    const std::vector<Occupied>& parts);

}  // namespace tessera::pte
