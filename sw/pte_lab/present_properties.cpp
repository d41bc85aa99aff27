#include <fmt/format.h>

#include "sw/pte_lab/property.hpp"
#include "sw/pte_lab/words.hpp"

namespace tessera::pte_lab {

namespace {

using Story = std::vector<std::string>;

Story tell_page(const Layout& layout, const Choice& choice, const std::string& consequence) {
  const PageRequest<Raw> page = chosen_page(choice);
  const Raw entry = present_word(layout, page);
  return {request_text(page), "raw PTE " + hex(layout, entry),
          fmt::format("the kernel takes it for {}", taken_for(layout, entry)), consequence};
}

/// Of PROT_NONE entries, or of the others; a format without PROTNONE has only others.
Claim in_group(const Layout& layout, bool protnone) {
  if (layout.present.protnone == 0) return Claim(!protnone);
  const Claim inaccessible = is_inaccessible(unknown_page());
  return protnone ? inaccessible : !inaccessible;
}

Outcome present_is_present(const Layout& layout, Solver& solver, bool protnone) {
  const Term entry = present_word(layout, unknown_page());
  const Claim right =
      is_present(layout, entry) && gather(layout.present.rpn, entry) == unknown("rpn");
  return examine(solver, page_variables(layout), in_group(layout, protnone) && !right,
                 [&](const Choice& choice) {
                   return tell_page(layout, choice,
                                    "a mapped page is lost, or another frame is seen");
                 });
}

Outcome never_none(const Layout& layout, Solver& solver) {
  const Term entry = present_word(layout, unknown_page());
  return examine(solver, page_variables(layout), is_none(layout, entry), [&](const Choice& choice) {
    const PageRequest<Raw> page = chosen_page(choice);
    const Raw raw = present_word(layout, page);
    return Story{request_text(page), "raw PTE " + hex(layout, raw), "pte_none() says: nothing here",
                 "unmapping asks that first and passes over the page: its frame "
                 "is never given back"};
  });
}

Outcome empty_is_none(const Layout& layout, Solver& solver) {
  const Term left = emptied(layout, present_word(layout, unknown_page()));
  const Claim zero_is_none = is_none(layout, Term(Raw{0})) && !is_present(layout, Term(Raw{0}));
  const Claim right = zero_is_none && is_none(layout, left) && !is_present(layout, left);
  return examine(solver, page_variables(layout), !right, [&](const Choice& choice) {
    const PageRequest<Raw> page = chosen_page(choice);
    const Raw raw = present_word(layout, page);
    const Raw rest = emptied(layout, raw);
    return Story{request_text(page),
                 fmt::format("raw PTE {}, emptied {}", hex(layout, raw), hex(layout, rest)),
                 fmt::format("the kernel takes it for {}", taken_for(layout, rest)),
                 "the next touch does not find an empty place"};
  });
}

Outcome protnone_is_present(const Layout& layout, Solver& solver) {
  if (layout.present.protnone == 0) return {"the format has no PROTNONE bit", true, {}};
  return present_is_present(layout, solver, true);
}

}  // namespace

std::vector<Property> present_properties() {
  return {{"present-is-present", "every present entry is taken for one, with its own frame",
           [](const Layout& layout, Solver& solver) {
             return present_is_present(layout, solver, false);
           }},
          {"protnone-is-present", "every PROT_NONE entry is taken for present, with its own frame",
           protnone_is_present},
          {"present-is-never-none", "no present or PROT_NONE entry is none", never_none},
          {"empty-is-none", "what emptying an entry leaves is none", empty_is_none}};
}

}  // namespace tessera::pte_lab
