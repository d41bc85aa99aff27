#include <fmt/format.h>

#include "sw/pte_lab/property.hpp"
#include "sw/pte_lab/words.hpp"

namespace tessera::pte_lab {

namespace {

using pte::Mas3Permission;
using Story = std::vector<std::string>;

constexpr const char* kNoLoader = "the format's file has no [loader]";
constexpr const char* kNoHardware = "the format's file has neither [loader] nor tests.hardware";

Story tell_load(const Layout& layout, const PageRequest<Raw>& page, const char* consequence) {
  const Raw entry = present_word(layout, page);
  return {request_text(page), "raw PTE " + hex(layout, entry),
          fmt::format("the TLB gets {}, frame {:#x}, WIMGE {:#x}", granted_text(layout, entry),
                      loaded_rpn(layout, entry), gather(layout.loader->mas2_wimge, entry)),
          consequence};
}

Outcome examine_load(const Layout& layout, Solver& solver, const Claim& violation,
                     const char* consequence) {
  return examine(solver, page_variables(layout), violation, [&](const Choice& choice) {
    return tell_load(layout, chosen_page(choice), consequence);
  });
}

Outcome hardware_is_present(const Layout& layout, Solver& solver) {
  if (!layout.loader && layout.tests.hardware == 0) return {kNoHardware, true, {}};
  const Term any = unknown("word");
  const Term page = present_word(layout, unknown_page());
  Claim violation = reaches_tlb(layout, any) && !is_present(layout, any);
  if (layout.present.protnone != 0) {
    violation = violation || (is_inaccessible(unknown_page()) && reaches_tlb(layout, page));
  }
  std::vector<Variable> variables{{"word", pte::word_mask(layout)}};
  const std::vector<Variable> pages = page_variables(layout);
  variables.insert(variables.end(), pages.begin(), pages.end());
  return examine(solver, variables, violation, [&](const Choice& choice) {
    const Raw word = choice.at("word");
    const bool by_word = reaches_tlb(layout, word) && !is_present(layout, word);
    const Raw shown = by_word ? word : present_word(layout, chosen_page(choice));
    return Story{"raw PTE " + hex(layout, shown),
                 fmt::format("the kernel takes it for {}", taken_for(layout, shown)),
                 "but hardware may load it into the TLB"};
  });
}

/// No file PTE, swap entry or emptied entry.
Outcome tlb_gets_present_only(const Layout& layout, Solver& solver) {
  if (!layout.loader && layout.tests.hardware == 0) return {kNoHardware, true, {}};
  std::vector<Variable> variables = page_variables(layout);
  const Term rest = emptied(layout, present_word(layout, unknown_page()));
  Claim violation = reaches_tlb(layout, rest);
  if (layout.file) {
    variables.push_back({"pgoff", pte::ones(layout.file->offset_bits)});
    violation = violation || reaches_tlb(layout, file_word(layout, unknown("pgoff")));
  }
  if (layout.swap) {
    variables.push_back({"offset", pte::ones(layout.swap->offset.bits())});
    variables.push_back({"type", layout.swap->types - 1});
    violation =
        violation || reaches_tlb(layout, swap_word(layout, unknown("type"), unknown("offset")));
  }
  return examine(solver, variables, violation, [&](const Choice& choice) {
    Raw shown = emptied(layout, present_word(layout, chosen_page(choice)));
    if (layout.file && reaches_tlb(layout, file_word(layout, choice.at("pgoff")))) {
      shown = file_word(layout, choice.at("pgoff"));
    } else if (!reaches_tlb(layout, shown)) {
      shown = swap_word(layout, choice.at("type"), choice.at("offset"));
    }
    return Story{"raw PTE " + hex(layout, shown),
                 fmt::format("the kernel takes it for {}", taken_for(layout, shown)),
                 "the TLB gets it as a translation"};
  });
}

/// Of any word at all, not only of those that the kernel makes.
Outcome clean_is_never_writable(const Layout& layout, Solver& solver) {
  if (!layout.loader) return {kNoLoader, true, {}};
  if (layout.present.dirty == 0) return {"the format has no dirty bit", true, {}};
  const Term word = unknown("word");
  const Claim writable =
      grants(layout, word, Mas3Permission::Sw) || grants(layout, word, Mas3Permission::Uw);
  return examine(solver, {{"word", pte::word_mask(layout)}},
                 writable && !all_set(word, layout.present.dirty), [&](const Choice& choice) {
                   const Raw raw = choice.at("word");
                   return Story{"raw PTE " + hex(layout, raw) + ", not dirty",
                                "the TLB gets " + granted_text(layout, raw),
                                "a store changes the page and nobody notes that it is dirty"};
                 });
}

Outcome rights_withheld(const Layout& layout, Solver& solver) {
  if (!layout.loader) return {kNoLoader, true, {}};
  const PageRequest<Term> page = unknown_page();
  const Term entry = present_word(layout, page);
  const auto granted = [&](Mas3Permission right) { return grants(layout, entry, right); };
  const Claim user =
      granted(Mas3Permission::Ur) || granted(Mas3Permission::Uw) || granted(Mas3Permission::Ux);
  const Claim write = granted(Mas3Permission::Sw) || granted(Mas3Permission::Uw);
  const Claim exec = granted(Mas3Permission::Sx) || granted(Mas3Permission::Ux);
  const Claim closed = page.kernel || is_inaccessible(page);
  return examine_load(layout, solver,
                      (closed && user) || (!page.write && write) || (!page.exec && exec),
                      "more than the page's owner allowed");
}

/// The rights of the page arrive, and no test of the loader keeps them out.
Outcome rights_granted(const Layout& layout, Solver& solver) {
  if (!layout.loader) return {kNoLoader, true, {}};
  const pte::LoaderLayout& loader = *layout.loader;
  const PageRequest<Term> page = unknown_page();
  const Term entry = present_word(layout, page);
  const auto lacks = [&](Mas3Permission right) { return !grants(layout, entry, right); };
  const auto refused = [&](Raw required) { return !all_set(entry, required); };
  const Claim open = !page.kernel && (page.read || page.write || page.exec);
  const Claim written = page.write && page.dirty;
  const Claim program =
      open && (lacks(Mas3Permission::Ur) || (written && lacks(Mas3Permission::Uw)) ||
               (page.exec && lacks(Mas3Permission::Ux)));
  const Claim kernel =
      page.kernel && (lacks(Mas3Permission::Sr) || (written && lacks(Mas3Permission::Sw)) ||
                      (page.exec && lacks(Mas3Permission::Sx)));
  const Claim kept_out =
      page.accessed && (open || page.kernel) &&
      (refused(loader.requires_load) || (page.write && refused(loader.requires_store)) ||
       (open && page.exec && refused(loader.requires_fetch_user)) ||
       (page.kernel && page.exec && refused(loader.requires_fetch_supervisor)));
  return examine_load(layout, solver, program || kernel || kept_out,
                      "less than the page allows, or a page fault that never ends");
}

Outcome rpn_exact(const Layout& layout, Solver& solver) {
  if (!layout.loader) return {kNoLoader, true, {}};
  const Term entry = present_word(layout, unknown_page());
  return examine_load(layout, solver, loaded_rpn(layout, entry) != unknown("rpn"),
                      "another frame is used");
}

Outcome wimge_exact(const Layout& layout, Solver& solver) {
  if (!layout.loader) return {kNoLoader, true, {}};
  if (layout.present.wimge.empty()) return {"the format has no WIMGE", true, {}};
  const Term entry = present_word(layout, unknown_page());
  return examine_load(layout, solver, gather(layout.loader->mas2_wimge, entry) != unknown("wimge"),
                      "the memory is accessed with other attributes");
}

}  // namespace

std::vector<Property> loader_properties() {
  return {{"hardware-is-present", "what hardware may load is present, and never PROT_NONE",
           hardware_is_present},
          {"tlb-gets-present-only", "no file PTE, swap entry or empty entry reaches the TLB",
           tlb_gets_present_only},
          {"clean-is-never-writable", "whatever is not dirty is loaded without write rights",
           clean_is_never_writable},
          {"rights-withheld", "the loader grants no right that the page lacks", rights_withheld},
          {"rights-granted", "every right that the page has arrives", rights_granted},
          {"rpn-exact", "the TLB gets the page's frame", rpn_exact},
          {"wimge-exact", "the TLB gets the page's WIMGE", wimge_exact}};
}

}  // namespace tessera::pte_lab
