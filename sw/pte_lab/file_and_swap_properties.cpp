#include <bit>

#include <fmt/format.h>

#include "sw/pte_lab/check.hpp"
#include "sw/pte_lab/property.hpp"
#include "sw/pte_lab/words.hpp"

namespace tessera::pte_lab {

namespace {

using Story = std::vector<std::string>;

constexpr const char* kNoFile = "the format has no file PTEs";
constexpr const char* kNoSwap = "the format has no swap entries";

std::string file_consequence(const Layout& layout, Raw entry, std::uint64_t offset) {
  switch (kind_of(layout, entry)) {
    case Kind::Present:
      return fmt::format("frame {:#x} is mapped, somebody else's memory",
                         gather(layout.present.rpn, entry));
    case Kind::None:
      return fmt::format("a touch maps the page of the VMA's linear order, not page {}", offset);
    case Kind::Swap:
      return fmt::format("a touch reads swap space instead of page {}", offset);
    case Kind::File:
      break;
  }
  const std::uint64_t found = offset_of(layout, entry);
  return found == offset ? fmt::format("page {} is mapped, as it should", offset)
                         : fmt::format("page {} is mapped instead of page {}", found, offset);
}

Story tell_file(const Layout& layout, std::uint64_t offset) {
  const Raw entry = file_word(layout, offset);
  return {fmt::format("page {0} ({0:#x}) of a file", offset), "raw PTE " + hex(layout, entry),
          fmt::format("the kernel takes it for {}", taken_for(layout, entry)),
          file_consequence(layout, entry, offset)};
}

Variable offset_below_limit(const Layout& layout) {
  return {"offset", pte::ones(layout.file->max_bits)};
}

Claim file_comes_back(const Layout& layout) {
  const Term entry = file_word(layout, unknown("offset"));
  return taken_for_file(layout, entry) && offset_of(layout, entry) == unknown("offset");
}

Outcome file_is_file(const Layout& layout, Solver& solver) {
  if (!layout.file) return {kNoFile, true, {}};
  const Term entry = file_word(layout, unknown("offset"));
  return examine(solver, {offset_below_limit(layout)}, !taken_for_file(layout, entry),
                 [&](const Choice& c) { return tell_file(layout, c.at("offset")); });
}

Outcome file_round_trip(const Layout& layout, Solver& solver) {
  if (!layout.file) return {kNoFile, true, {}};
  return examine(solver, {offset_below_limit(layout)}, !file_comes_back(layout),
                 [&](const Choice& c) { return tell_file(layout, c.at("offset")); });
}

Outcome file_limit_is_largest(const Layout& layout, Solver& solver) {
  if (!layout.file) return {kNoFile, true, {}};
  const FileLimit limit = file_limit(layout, solver);
  const unsigned declared = layout.file->max_bits;
  if (limit.any && limit.bits == declared) return {};
  if (limit.any && limit.bits > declared) {
    return {"",
            false,
            {fmt::format("the format says {} bits; {} are as safe", declared, limit.bits),
             fmt::format("the kernel refuses page {} of a file without need",
                         std::uint64_t{1} << declared)}};
  }
  Story story{limit.any
                  ? fmt::format("the format says {} bits; only {} are safe", declared, limit.bits)
                  : fmt::format("the format says {} bits; none is safe", declared)};
  const Story first = tell_file(layout, limit.fails);
  story.insert(story.end(), first.begin(), first.end());
  return {"", false, story};
}

std::string swap_consequence(const Layout& layout, Raw entry, const Choice& choice) {
  switch (kind_of(layout, entry)) {
    case Kind::Present:
      return fmt::format("frame {:#x} is mapped, somebody else's memory",
                         gather(layout.present.rpn, entry));
    case Kind::None:
      return "a touch maps a zero page: what was swapped out is lost";
    case Kind::File:
      return layout.file
                 ? fmt::format("a touch asks for page {} of a file: SIGBUS, or a wrong page",
                               offset_of(layout, entry))
                 : "a touch ends in SIGBUS";
    case Kind::Swap:
      break;
  }
  return fmt::format("a touch reads type {}, offset {} instead of type {}, offset {}",
                     gather(layout.swap->type, entry), gather(layout.swap->offset, entry),
                     choice.at("type"), choice.at("offset"));
}

Story tell_swap(const Layout& layout, const Choice& choice) {
  const Raw entry = swap_word(layout, choice.at("type"), choice.at("offset"));
  return {fmt::format("swap type {0}, offset {1} ({1:#x})", choice.at("type"), choice.at("offset")),
          "raw PTE " + hex(layout, entry),
          fmt::format("the kernel takes it for {}", taken_for(layout, entry)),
          swap_consequence(layout, entry, choice)};
}

/// Offset 0 is the swap file's header and never given out.
Outcome examine_swap(const Layout& layout, Solver& solver, const Claim& right) {
  const std::vector<Variable> variables{{"offset", pte::ones(layout.swap->offset.bits())},
                                        {"type", layout.swap->types - 1}};
  const Claim real = unknown("offset") != Term(Raw{0});
  return examine(solver, variables, real && !right,
                 [&](const Choice& choice) { return tell_swap(layout, choice); });
}

Outcome swap_is_swap(const Layout& layout, Solver& solver) {
  if (!layout.swap) return {kNoSwap, true, {}};
  const Term entry = swap_word(layout, unknown("type"), unknown("offset"));
  return examine_swap(layout, solver, taken_for_swap(layout, entry));
}

Outcome swap_round_trip(const Layout& layout, Solver& solver) {
  if (!layout.swap) return {kNoSwap, true, {}};
  const Term entry = swap_word(layout, unknown("type"), unknown("offset"));
  return examine_swap(layout, solver,
                      gather(layout.swap->type, entry) == unknown("type") &&
                          gather(layout.swap->offset, entry) == unknown("offset"));
}

}  // namespace

FileLimit file_limit(const Layout& layout, Solver& solver) {
  const unsigned offset_bits = layout.file->offset_bits;
  const auto choice =
      solver.smallest({{"offset", pte::ones(offset_bits)}}, !file_comes_back(layout));
  if (!choice) return {true, offset_bits, 0, true};
  const std::uint64_t fails = choice->at("offset");
  if (fails == 0) return {false, 0, 0, false};
  return {true, static_cast<unsigned>(std::bit_width(fails)) - 1, fails, false};
}

std::vector<Property> file_and_swap_properties() {
  return {{"file-is-file", "every file PTE below the limit is taken for one", file_is_file},
          {"file-round-trip", "every offset below the limit comes back", file_round_trip},
          {"file-limit", "the limit is the largest that is safe", file_limit_is_largest},
          {"swap-is-swap", "every swap entry is taken for one", swap_is_swap},
          {"swap-round-trip", "every swap type and offset comes back", swap_round_trip}};
}

}  // namespace tessera::pte_lab
