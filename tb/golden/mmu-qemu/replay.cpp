#include "tb/golden/mmu-qemu/replay.hpp"

#include <algorithm>

#include "tb/golden/mmu-qemu/comparator.hpp"
#include "tb/golden/mmu-qemu/log_line.hpp"
#include "tb/golden/mmu-qemu/player.hpp"

namespace tessera::golden {

std::string ReplayResult::summary() const {
  return std::to_string(operations) + " operations, " + std::to_string(checks) + " checks, " +
         std::to_string(mismatches) + " mismatches";
}

ReplayResult replay(std::string_view text, mmu::MmuEngine& engine) {
  Comparator comparator;
  Player player(engine, comparator);
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (end != 0) player.play(parse_line(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return {player.operations(), comparator.checks(), comparator.mismatches(), player.complete(),
          comparator.reports()};
}

}  // namespace tessera::golden
