#include <algorithm>

#include <fmt/format.h>

#include "model/pte/layout_reader.hpp"
#include "model/pte/layout_sections.hpp"
#include "model/types/suggestion.hpp"
#include "model/types/units.hpp"

namespace tessera::pte {

std::optional<Geometry> read_geometry(const TableReader& file) {
  const toml::table* table = file.table("geometry");
  if (table == nullptr) return std::nullopt;
  const TableReader reader(*table, "geometry", file.path(),
                           {"pgd_shift", "pgd_index_bits", "pte_index_bits"});
  Geometry geometry{reader.number("pgd_shift", 13, 31), reader.number("pgd_index_bits", 1, 19),
                    reader.number("pte_index_bits", 1, 19)};
  if (geometry.pgd_shift + geometry.pgd_index_bits != 32 ||
      geometry.pgd_shift - geometry.pte_index_bits != kPageShift) {
    reader.fail("pgd_shift",
                "pgd_index_bits + pte_index_bits + 12 must be 32, and pgd_shift "
                "pte_index_bits + 12");
  }
  return geometry;
}

std::optional<LoaderLayout> read_loader(const TableReader& file, const Vocabulary& v) {
  const toml::table* table = file.table("loader");
  if (table == nullptr) return std::nullopt;
  const TableReader reader(
      *table, "loader", file.path(),
      {"sr", "ur", "sw", "uw", "sx", "ux", "mas3_rpn", "mas7_rpn", "mas2_wimge", "requires_load",
       "requires_store", "requires_fetch_user", "requires_fetch_supervisor"});
  LoaderLayout loader;
  const std::array<const char*, kMas3Permissions> rights{"sr", "ur", "sw", "uw", "sx", "ux"};
  for (unsigned right = 0; right < kMas3Permissions; ++right) {
    loader.grant[right] = reader.mask(rights[right], v);
    if (loader.grant[right] == 0) {
      reader.fail(rights[right], fmt::format("loader.{} is missing; name the bits that must all "
                                             "be set for this right",
                                             rights[right]));
    }
  }
  loader.mas3_rpn = reader.field("mas3_rpn", v);
  loader.mas7_rpn = reader.field("mas7_rpn", v);
  loader.mas2_wimge = reader.field("mas2_wimge", v);
  if (loader.mas3_rpn.bits() != 20) reader.fail("mas3_rpn", "loader.mas3_rpn must be 20 bits");
  if (loader.mas7_rpn.bits() > 32) reader.fail("mas7_rpn", "MAS7 has 32 bits; name fewer");
  if (loader.mas2_wimge.bits() != 5) reader.fail("mas2_wimge", "loader.mas2_wimge must be 5 bits");
  loader.requires_load = reader.mask("requires_load", v);
  loader.requires_store = reader.mask("requires_store", v);
  loader.requires_fetch_user = reader.mask("requires_fetch_user", v);
  loader.requires_fetch_supervisor = reader.mask("requires_fetch_supervisor", v);
  if (loader.requires_load == 0) {
    reader.fail("requires_load",
                "loader.requires_load is missing; name the bits without which "
                "a miss becomes a page fault");
  }
  return loader;
}

std::vector<KnownFlaw> read_known(const TableReader& file, const toml::table& root) {
  std::vector<KnownFlaw> known;
  const toml::node* node = root.get("known");
  if (node == nullptr) return known;
  const toml::array* array = node->as_array();
  if (array == nullptr) file.fail("known", "known must be written [[known]], once for each");
  for (const toml::node& item : *array) {
    if (!item.is_table()) file.fail(item, "known must be written [[known]], once for each");
    const TableReader reader(*item.as_table(), "known", file.path(), {"property", "reason"});
    known.push_back({reader.text("property"), reader.text("reason")});
    const auto& names = property_names();
    if (std::find(names.begin(), names.end(), known.back().property) == names.end()) {
      reader.fail("property", fmt::format("no property is called '{}'{}", known.back().property,
                                          suggestion(known.back().property, names)));
    }
  }
  return known;
}

}  // namespace tessera::pte
