#pragma once

#include <filesystem>

#include "sw/pte_rtl/contract.hpp"

namespace tessera::pte_rtl {

/// Throws UserError, with file and line in its one line, for a decoder that Verilator does not
/// take: it warns of something, or a port of the contract is missing or has another width.
/// `contract` is the file with contract_text().
void lint(const Decoder& decoder, const std::filesystem::path& contract);

/// The arguments that make Verilator read the decoder within the contract.
std::vector<std::string> verilator_sources(const Decoder& decoder,
                                           const std::filesystem::path& contract);

}  // namespace tessera::pte_rtl
