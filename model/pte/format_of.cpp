#include "model/pte/format_of.hpp"

#include "model/types/user_error.hpp"

namespace tessera::pte {

namespace {

unsigned low_of(const Field& field) { return field.empty() ? 0 : field.pieces.front().low; }

Raw size_4k(const PresentLayout& present) {
  return present.page_size_4k << low_of(present.page_size);
}

PresentForm present_form(const Layout& layout) {
  const PresentLayout& p = layout.present;
  PresentForm form;
  form.present = layout.tests.present;
  form.user = p.user;
  form.rw = p.write;
  form.dirty = p.dirty;
  form.exec = p.exec;
  form.accessed = p.accessed;
  form.special = p.special;
  form.base = p.sets | p.fresh | size_4k(p);
  form.rpn_shift = low_of(p.rpn);
  form.wimge_shift = low_of(p.wimge);
  return form;
}

LoaderRules loader_rules(const LoaderLayout& loader) {
  LoaderRules rules;
  rules.grant = loader.grant;
  rules.writes_mas7 = !loader.mas7_rpn.empty();
  rules.required_load = loader.requires_load;
  rules.required_store = loader.requires_store;
  rules.required_fetch_user = loader.requires_fetch_user;
  rules.required_fetch_supervisor = loader.requires_fetch_supervisor;
  return rules;
}

bool same_bits(const Field& a, const Field& b) {
  return a.mask() == b.mask() && low_of(a) == low_of(b);
}

/// The hot path takes RPN and WIMGE from where the kernel puts them, up to the top of the word.
bool loader_agrees(const Layout& layout) {
  const LoaderLayout& loader = *layout.loader;
  const Raw rpn = loader.mas3_rpn.mask() | loader.mas7_rpn.mask();
  return rpn == layout.present.rpn.mask() && same_bits(loader.mas2_wimge, layout.present.wimge) &&
         low_of(loader.mas3_rpn) == low_of(layout.present.rpn);
}

}  // namespace

std::string vm_obstacle(const Layout& layout) {
  constexpr unsigned kLeastRpnBits = 20;
  if (!layout.geometry) return "it has no [geometry]";
  if (!layout.file) return "it has no [file]";
  if (layout.file->pgoff.pieces.size() != 1) return "its offsets are scattered";
  if (layout.present.rpn.pieces.front().bits < kLeastRpnBits) {
    return "the first piece of its RPN has less than 20 bits";
  }
  return "";
}

std::string machine_obstacle(const Layout& layout) {
  const Field& rpn = layout.present.rpn;
  std::string obstacle = vm_obstacle(layout);
  if (!obstacle.empty()) return obstacle;
  if (!layout.loader) return "it has no [loader]";
  if (rpn.pieces.size() != 1 || low_of(rpn) + rpn.bits() != layout.width) {
    return "its RPN does not end at the top of the word";
  }
  return loader_agrees(layout) ? "" : "its loader takes other bits than its kernel sets";
}

Format format_of(const Layout& layout) {
  const std::string obstacle = vm_obstacle(layout);
  if (!obstacle.empty()) {
    throw UserError("the simulator cannot run on the PTE format " + layout.name + ": " + obstacle);
  }
  Format format;
  format.name = layout.name;
  format.width_bytes = layout.width / 8;
  format.geometry = *layout.geometry;
  format.present = present_form(layout);
  format.protection =
      user_protections(layout.present.user, layout.present.write, layout.present.exec);
  format.file = {layout.tests.file, low_of(layout.file->pgoff), layout.file->max_bits,
                 layout.file->arithmetic_bits};
  format.swap_offset_shift = layout.swap ? low_of(layout.swap->offset) : 0;
  format.none_mask = layout.tests.none_ignores;
  format.clear_mask = layout.clears;
  format.loader = layout.loader ? loader_rules(*layout.loader) : LoaderRules{};
  return format;
}

}  // namespace tessera::pte
