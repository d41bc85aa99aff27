#include "model/pte/layout_reader.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "model/pte/layout_sections.hpp"
#include "model/types/user_error.hpp"

namespace tessera::pte {

namespace {

Layout layout_of(const toml::table& root, const std::string& path) {
  const TableReader file(
      root, "", path,
      {"name", "title", "width", "kernels", "sources", "vectors", "broken", "repaired_by", "clears",
       "bits", "tests", "present", "file", "swap", "geometry", "loader", "known"});
  Layout layout;
  layout.name = file.text("name");
  layout.title = file.text("title");
  layout.kernels = file.text("kernels");
  layout.sources = file.texts("sources");
  if (file.has("vectors")) layout.vectors = file.text("vectors");
  if (file.has("broken")) layout.broken = file.text("broken");
  if (file.has("repaired_by")) layout.repaired_by = file.text("repaired_by");
  layout.width = file.number("width", 32, 64);
  if (layout.width != 32 && layout.width != 64) file.fail("width", "width must be 32 or 64");
  const Vocabulary vocabulary = read_bits(file, layout.width);
  layout.bits = vocabulary.bits;
  layout.clears = file.has("clears") ? file.mask("clears", vocabulary) : ones(layout.width);
  layout.tests = read_tests(file, vocabulary);
  layout.present = read_present(file, vocabulary, layout.tests);
  layout.file = read_file(file, vocabulary, layout.tests);
  layout.swap = read_swap(file, vocabulary, layout.tests);
  layout.geometry = read_geometry(file);
  layout.loader = read_loader(file, vocabulary);
  layout.known = read_known(file, root);
  return layout;
}

}  // namespace

Layout read_layout(std::string_view text, const std::string& path) {
  try {
    return layout_of(toml::parse(text), path);
  } catch (const toml::parse_error& error) {
    throw UserError(fmt::format("{}:{}: {}", path, std::max<unsigned>(error.source().begin.line, 1),
                                error.description()));
  }
}

const std::vector<std::string>& property_names() {
  static const std::vector<std::string> names{
      "present-is-present",  "protnone-is-present",   "present-is-never-none",
      "file-is-file",        "swap-is-swap",          "empty-is-none",
      "hardware-is-present", "tlb-gets-present-only", "file-round-trip",
      "file-limit",          "swap-round-trip",       "clean-is-never-writable",
      "rights-withheld",     "rights-granted",        "rpn-exact",
      "wimge-exact"};
  return names;
}

}  // namespace tessera::pte
