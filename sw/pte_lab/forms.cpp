#include "sw/pte_lab/diagram.hpp"

namespace tessera::pte_lab {

namespace {

using pte::Layout;
using pte::Raw;

void add(Form& form, char letter, const std::string& name, Raw mask) {
  if (mask != 0) form.segments.push_back({letter, name, mask});
}

Raw taken(const Form& form) {
  Raw mask = 0;
  for (const Segment& segment : form.segments) {
    mask |= segment.mask;
  }
  return mask;
}

/// The named bits of those that nothing else of the form has, under letters of their own.
void add_named(Form& form, const Layout& layout, Raw among) {
  char letter = 'a';
  for (const pte::NamedBits& bits : layout.bits) {
    const Raw mask = bits.mask & among & ~taken(form);
    if (mask != 0) add(form, letter++, bits.name, mask);
  }
  add(form, '+', "unnamed", among & ~taken(form));
}

Raw flags_of(const pte::PresentLayout& p) {
  return p.sets | p.fresh | p.user | p.write | p.no_write | p.exec | p.no_exec | p.kernel_read |
         p.kernel_write | p.kernel_exec | p.dirty | p.accessed | p.special;
}

Form present_form(const Layout& layout) {
  Form form{"present", {}};
  add(form, 'R', "RPN", layout.present.rpn.mask());
  add(form, 'W', "WIMGE", layout.present.wimge.mask());
  add(form, 'Z', "page size", layout.present.page_size.mask());
  add_named(form, layout, flags_of(layout.present));
  return form;
}

Form protnone_form(const Layout& layout) {
  const pte::PresentLayout& p = layout.present;
  Form form{"PROT_NONE", {}};
  add(form, 'R', "RPN", p.rpn.mask());
  add_named(form, layout, p.protnone | p.dirty | p.accessed | p.special);
  return form;
}

Form file_form(const Layout& layout) {
  Form form{"file", {}};
  add(form, 'F', "file", layout.tests.file);
  add(form, 'P', "pgoff", layout.file->pgoff.mask());
  return form;
}

Form swap_form(const Layout& layout) {
  Form form{"swap", {}};
  add(form, 'T', "type", layout.swap->type.mask());
  add(form, 'O', "offset", layout.swap->offset.mask());
  return form;
}

}  // namespace

std::vector<Form> forms_of(const Layout& layout) {
  std::vector<Form> forms{present_form(layout)};
  if (layout.present.protnone != 0) forms.push_back(protnone_form(layout));
  if (layout.file) forms.push_back(file_form(layout));
  if (layout.swap) forms.push_back(swap_form(layout));
  if (layout.tests.none_ignores != 0) {
    forms.push_back({"none", {{'x', "ignored", layout.tests.none_ignores}}});
  }
  const Raw kept = pte::word_mask(layout) & ~layout.clears;
  if (kept != 0) forms.push_back({"emptied", {{'k', "kept", kept}}});
  return forms;
}

}  // namespace tessera::pte_lab
