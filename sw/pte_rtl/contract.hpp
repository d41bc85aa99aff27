#pragma once

#include <string>
#include <vector>

namespace tessera::pte_rtl {

/// The user's decoder.
struct Decoder {
  std::vector<std::string> files;  ///< in reading order; other modules are found in their folders
  std::string top;                 ///< the module with the ports of docs/pte-decoder-port.md
  /// Values of its parameters, NAME=VALUE; what is no number in SystemVerilog is taken for a text.
  std::vector<std::string> parameters;
};

/// The module that stands around a decoder: each of its outputs is called as the decoder's and has
/// 64 bits. Verilator and yosys both read it, so both hold the decoder to the same ports.
constexpr const char* kContractModule = "tessera_contract";

/// Its text. Throws UserError for a parameter that is no NAME=VALUE.
std::string contract_text(const Decoder& decoder);

/// "decoder.sv:3": where the decoder's module begins. Throws UserError if a file cannot be read, or
/// if none of them has the module.
std::string place_of(const Decoder& decoder);

/// The folders of the files, each once.
std::vector<std::string> folders_of(const Decoder& decoder);

}  // namespace tessera::pte_rtl
