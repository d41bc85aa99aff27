#include "sw/pte_lab/exports.hpp"

#include <cctype>

#include <fmt/format.h>

#include "model/pte/bit_ranges.hpp"
#include "sw/pte_lab/decoder_ports.hpp"
#include "sw/pte_lab/diagram.hpp"
#include "sw/pte_lab/expression.hpp"

namespace tessera::pte_lab {

namespace {

using pte::Layout;
using pte::Raw;

struct Constant {
  std::string name;
  Raw value = 0;
};

std::vector<Constant> constants_of(const Layout& layout) {
  std::vector<Constant> constants;
  for (const pte::NamedBits& bits : layout.bits) {
    constants.push_back({bits.name, bits.mask});
  }
  constants.push_back({"PRESENT_TEST", layout.tests.present});
  constants.push_back({"NONE_MASK", layout.tests.none_ignores});
  if (layout.file) {
    constants.push_back({"FILE_TEST", layout.tests.file});
    constants.push_back({"FILE_MAX_BITS", layout.file->max_bits});
  }
  return constants;
}

std::string upper(std::string text) {
  for (char& letter : text) {
    letter = static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
  }
  return text;
}

std::string heading(const Layout& layout, const char* comment) {
  std::string text =
      fmt::format("{0} {1}: {2}; kernels {3}.\n{0} Made by tessera pte export {1}.\n", comment,
                  layout.name, layout.title, layout.kernels);
  if (!layout.broken.empty()) text += fmt::format("{} BROKEN: {}\n", comment, layout.broken);
  return text;
}

std::string c_function(const std::string& prefix, const ExportedFunction& function) {
  std::string arguments;
  for (const std::string& argument : function.arguments) {
    arguments += (arguments.empty() ? "uint64_t " : ", uint64_t ") + argument;
  }
  return fmt::format("static inline {} {}{}({}) {{ return {}; }}\n",
                     function.truth ? "int" : "uint64_t", prefix, function.name, arguments,
                     function.body);
}

std::string sv_function(const ExportedFunction& function) {
  std::string arguments;
  for (const std::string& argument : function.arguments) {
    arguments += (arguments.empty() ? "logic [63:0] " : ", logic [63:0] ") + argument;
  }
  const std::string type =
      function.truth ? "logic" : fmt::format("logic [{}:0]", function.bits - 1);
  const std::string body =
      function.truth ? function.body : fmt::format("{}'({})", function.bits, function.body);
  return fmt::format("  function automatic {} {}({});\n    return {};\n  endfunction\n\n", type,
                     function.name, arguments, body);
}

}  // namespace

std::string identifier(const Layout& layout) {
  std::string text = layout.name;
  for (char& letter : text) {
    if (std::isalnum(static_cast<unsigned char>(letter)) == 0) letter = '_';
  }
  return text;
}

std::string c_header(const Layout& layout) {
  const std::string name = identifier(layout);
  const std::string guard = "PTE_" + upper(name);
  std::string text = heading(layout, "//");
  text += fmt::format("#ifndef {0}_H\n#define {0}_H\n\n#include <stdint.h>\n\n", guard);
  for (const Constant& constant : constants_of(layout)) {
    text += fmt::format("#define {}_{} {}\n", guard, constant.name, InC::constant(constant.value));
  }
  text += "\n";
  for (const ExportedFunction& function : exported_functions<InC>(layout)) {
    text += c_function("pte_" + name + "_", function);
  }
  return text + "\n#endif\n";
}

std::string sv_package(const Layout& layout) {
  const std::string name = "pte_" + identifier(layout) + "_pkg";
  std::string text = heading(layout, "//") + fmt::format("package {};\n\n", name);
  for (const Constant& constant : constants_of(layout)) {
    text += fmt::format("  localparam logic [63:0] {} = {};\n", constant.name,
                        InSystemVerilog::constant(constant.value));
  }
  text += "\n";
  for (const ExportedFunction& function : exported_functions<InSystemVerilog>(layout)) {
    text += sv_function(function);
  }
  return text + "endpackage\n";
}

std::string markdown(const Layout& layout) {
  std::string text = fmt::format("## {}: {}\n\n{} bits; kernels {}.\n", layout.name, layout.title,
                                 layout.width, layout.kernels);
  if (!layout.broken.empty()) text += fmt::format("\n**Broken.** {}\n", layout.broken);
  text += "\n| form | part | bits | mask |\n|---|---|---|---|\n";
  for (const Form& form : forms_of(layout)) {
    for (const Segment& segment : form.segments) {
      text += fmt::format("| {} | {} | {} | {:#x} |\n", form.name, segment.name,
                          pte::range_text(segment.mask), segment.mask);
    }
  }
  if (layout.file) {
    text += fmt::format("\nFile offsets below 2^{} pages.\n", layout.file->max_bits);
  }
  for (const pte::KnownFlaw& flaw : layout.known) {
    text += fmt::format("\nKnown, `{}`: {}\n", flaw.property, flaw.reason);
  }
  text += "\nSources: ";
  for (std::size_t i = 0; i < layout.sources.size(); ++i) {
    text += (i == 0 ? "" : "; ") + layout.sources[i];
  }
  return text + ".\n";
}

std::string sv_template(const Layout& layout) {
  std::string ports;
  std::string body;
  for (const DecoderPort& port : decoder_ports()) {
    const bool last = &port == &decoder_ports().back();
    const std::string range = port.bits == 1 ? "" : fmt::format("[{:>2}:0]", port.bits - 1);
    const std::string name = port.name + std::string(last ? "" : ",");
    const std::string comment = *port.comment == '\0' ? "" : fmt::format("  // {}", port.comment);
    ports += fmt::format("    output logic {:<6} {:<{}}{}\n", range, name, comment.empty() ? 0 : 14,
                         comment);
    body += fmt::format("  assign {:<13} = '0;\n", port.name);
  }
  return heading(layout, "//") +
         fmt::format(
             "// Ports: docs/pte-decoder-port.md. Combinational; every output is a function of "
             "pte_i.\n"
             "module pte_decoder_{} (\n"
             "    input  logic [63:0] pte_i,          // 32-bit formats: bits 63:32 are 0\n"
             "{});\n"
             "{}endmodule\n",
             identifier(layout), ports, body);
}

}  // namespace tessera::pte_lab
