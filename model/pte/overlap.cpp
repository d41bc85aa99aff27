#include "model/pte/overlap.hpp"

#include <fmt/format.h>

#include "model/pte/bit_ranges.hpp"

namespace tessera::pte {

Clash find_clash(const std::vector<Occupied>& parts) {
  for (std::size_t i = 0; i < parts.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const Raw both = parts[i].mask & parts[j].mask;
      if (both != 0) {
        return {i, fmt::format("{} and {} overlap in bit {}", parts[i].what, parts[j].what,
                               range_text(both))};
      }
    }
  }
  return {};
}

void refuse_overlap(const TableReader& table, const std::string& key,
                    const std::vector<Occupied>& parts) {
  const std::string found = find_clash(parts).words;
  const bool declared = table.has("overlap");
  if (!found.empty() && !declared) {
    table.fail(key, found + R"(; move one of them, or, if the kernel really does this, )"
                            R"(add overlap = "why")");
  }
  if (!declared) return;
  // An empty reason is refused like any empty text.
  const std::string reason = table.text("overlap");
  if (found.empty()) {
    table.fail("overlap", "nothing overlaps here; take this line out: " + reason);
  }
}

}  // namespace tessera::pte
