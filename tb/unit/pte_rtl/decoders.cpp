#include "tb/unit/pte_rtl/decoders.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include <fmt/format.h>

namespace tessera::pte_rtl {

Decoder our_decoder(const std::string& format, const std::string& folder) {
  return {{folder + "/pte_decoder.sv"}, "pte_decoder", {"FORMAT=" + format}};
}

void use_ccache() {
  if (*TESSERA_CCACHE != '\0') setenv("OBJCACHE", TESSERA_CCACHE, 1);
}

Staged::Staged(const Decoder& decoder) { write_into(contract(), contract_text(decoder)); }

Equivalence proof_of(const pte::Layout& layout, const Decoder& decoder) {
  const Staged staged(decoder);
  pte_lab::Solver solver;
  return prove_equal(layout, decoder, staged.contract(), solver);
}

std::string decoder_text(const std::string& body, const std::vector<std::string>& assigned) {
  std::string text = "module mine (\n  input logic [63:0] pte_i";
  std::string zeros;
  for (const pte_lab::DecoderPort& port : pte_lab::decoder_ports()) {
    text += fmt::format(",\n  output logic [{}:0] {}", port.bits - 1, port.name);
    const bool mentioned = std::count(assigned.begin(), assigned.end(), port.name) != 0;
    if (!mentioned) zeros += fmt::format("  assign {} = '0;\n", port.name);
  }
  return text + "\n);\n" + zeros + body + "\nendmodule\n";
}

std::string text_in(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

void write_into(const std::string& path, const std::string& text) { std::ofstream(path) << text; }

}  // namespace tessera::pte_rtl
