#include "sw/pte_lab/exports.hpp"
#include "sw/pte_lab/expression.hpp"
#include "sw/pte_lab/semantics.hpp"

namespace tessera::pte_lab {

namespace {

template <class Word>
void add_file(std::vector<ExportedFunction>& functions, const Layout& layout) {
  const Word pte("pte");
  functions.push_back({"is_file", {"pte"}, taken_for_file(layout, pte).text(), true, 1});
  functions.push_back(
      {"pgoff_to_pte", {"pgoff"}, file_word(layout, Word("pgoff")).text(), false, layout.width});
  functions.push_back(
      {"pte_to_pgoff", {"pte"}, offset_of(layout, pte).text(), false, layout.file->pgoff.bits()});
}

template <class Word>
void add_swap(std::vector<ExportedFunction>& functions, const Layout& layout) {
  const Word pte("pte");
  const pte::SwapLayout& swap = *layout.swap;
  functions.push_back({"is_swap", {"pte"}, taken_for_swap(layout, pte).text(), true, 1});
  functions.push_back({"swap_to_pte",
                       {"swap_type", "offset"},
                       swap_word(layout, Word("swap_type"), Word("offset")).text(),
                       false,
                       layout.width});
  functions.push_back(
      {"swap_type", {"pte"}, gather(swap.type, pte).text(), false, swap.type.bits()});
  functions.push_back(
      {"swap_offset", {"pte"}, gather(swap.offset, pte).text(), false, swap.offset.bits()});
}

}  // namespace

template <class Language>
std::vector<ExportedFunction> exported_functions(const Layout& layout) {
  using Word = Expression<Language>;
  const Word pte("pte");
  const Field& rpn = layout.present.rpn;
  std::vector<ExportedFunction> functions{
      {"is_present", {"pte"}, is_present(layout, pte).text(), true, 1},
      {"is_none", {"pte"}, is_none(layout, pte).text(), true, 1},
      {"rpn", {"pte"}, gather(rpn, pte).text(), false, rpn.bits()},
      {"emptied", {"pte"}, emptied(layout, pte).text(), false, layout.width}};
  if (layout.file) add_file<Word>(functions, layout);
  if (layout.swap) add_swap<Word>(functions, layout);
  return functions;
}

template std::vector<ExportedFunction> exported_functions<InC>(const Layout& layout);
template std::vector<ExportedFunction> exported_functions<InSystemVerilog>(const Layout& layout);

}  // namespace tessera::pte_lab
