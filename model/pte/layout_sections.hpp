#pragma once

#include <optional>
#include <vector>

#include "model/pte/table_reader.hpp"

// The tables of a format's file, one function each; `file` is the file's own table. What is not
// there is empty. Each throws UserError.
namespace tessera::pte {

Vocabulary read_bits(const TableReader& file, unsigned width);
KernelTests read_tests(const TableReader& file, const Vocabulary& vocabulary);
PresentLayout read_present(const TableReader& file, const Vocabulary& v, const KernelTests& tests);
std::optional<FileLayout> read_file(const TableReader& file, const Vocabulary& v,
                                    const KernelTests& tests);
std::optional<SwapLayout> read_swap(const TableReader& file, const Vocabulary& v,
                                    const KernelTests& tests);
std::optional<Geometry> read_geometry(const TableReader& file);
std::optional<LoaderLayout> read_loader(const TableReader& file, const Vocabulary& v);
std::vector<KnownFlaw> read_known(const TableReader& file, const toml::table& root);

}  // namespace tessera::pte
