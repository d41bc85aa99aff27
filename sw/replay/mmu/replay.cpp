#include "sw/replay/mmu/replay.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "model/types/user_error.hpp"
#include "sw/replay/mmu/comparator.hpp"
#include "sw/replay/mmu/log_line.hpp"
#include "sw/replay/mmu/player.hpp"

namespace tessera::replay {
namespace {

std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

/// Every log begins with the line that names its format.
void expect_header(std::string_view text, const std::string& log) {
  if (text.rfind("H format=1 ", 0) != 0) {
    throw UserError(
        fmt::format("{}:1: this is no log of MMU operations: one begins with "
                    "'H format=1 '",
                    log));
  }
}

}  // namespace

MmuReplay replay_mmu(std::string_view text, const std::string& log, mmu::MmuEngine& engine,
                     const mmu::Parameters& core) {
  expect_header(text, log);
  Comparator comparator(log);
  Player player(engine, core, comparator);
  std::uint64_t number = 0;
  while (!text.empty()) {
    const std::string_view line = take_line(text);
    ++number;
    try {
      if (!line.empty()) player.play(parse_line(line, number));
    } catch (const UnusableLine& error) {
      throw UserError(fmt::format("{}:{}: {}", log, number, error.what()));
    }
  }
  if (!player.complete()) {
    throw UserError(
        fmt::format("{}:{}: the log is cut off: its last line, 'Z done', is missing", log, number));
  }
  return {{player.operations(), comparator.checks(), comparator.mismatches(), comparator.reports()},
          comparator.omissions()};
}

}  // namespace tessera::replay
