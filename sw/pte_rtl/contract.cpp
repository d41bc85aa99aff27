#include "sw/pte_rtl/contract.hpp"

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>

#include <fmt/format.h>

#include "model/types/user_error.hpp"
#include "sw/pte_lab/decoder_ports.hpp"

namespace tessera::pte_rtl {

namespace {

/// As SystemVerilog writes it: 12, 64'hff.
bool is_number(const std::string& value) {
  static const std::regex number(R"(\d[\d_]*|\d*'s?[bodh][\da-fxz_]+)", std::regex::icase);
  return std::regex_match(value, number);
}

std::string parameter_text(const std::string& parameter) {
  static const std::regex assignment(R"(([A-Za-z_]\w*)=([^"\\]+))");
  std::smatch parts;
  if (!std::regex_match(parameter, parts, assignment)) {
    throw UserError(fmt::format(
        "--parameter '{}': write NAME=VALUE, as in FORMAT=fsl32 or WIDTH=32", parameter));
  }
  const std::string value = parts[2];
  return is_number(value) ? fmt::format(".{}({})", parts[1].str(), value)
                          : fmt::format(".{}(\"{}\")", parts[1].str(), value);
}

std::string parameters_text(const Decoder& decoder) {
  std::string text;
  for (const std::string& parameter : decoder.parameters) {
    text += (text.empty() ? "" : ", ") + parameter_text(parameter);
  }
  return text.empty() ? text : fmt::format("#({}) ", text);
}

/// The line in which a file has the module, or 0.
unsigned line_of_module(const std::string& path, const std::string& module) {
  std::ifstream file(path);
  if (!file || std::filesystem::is_directory(path)) {
    throw UserError(fmt::format("{}: no such file, or it cannot be read", path));
  }
  const std::regex begins("^\\s*module\\s+" + module + "\\b.*");
  std::string text;
  for (unsigned line = 1; std::getline(file, text); ++line) {
    if (std::regex_match(text, begins)) return line;
  }
  return 0;
}

}  // namespace

std::string contract_text(const Decoder& decoder) {
  std::string outputs;
  std::string wires;
  std::string pins;
  for (const pte_lab::DecoderPort& port : pte_lab::decoder_ports()) {
    outputs += fmt::format(",\n  output logic [63:0] {}", port.name);
    wires += fmt::format("  logic [{}:0] of_{};\n  assign {} = 64'(of_{});\n", port.bits - 1,
                         port.name, port.name, port.name);
    pins += fmt::format(",\n    .{}(of_{})", port.name, port.name);
  }
  return fmt::format(
      "module {} (\n  input logic [63:0] pte_i{}\n);\n{}  {} {}u_decoder (\n    .pte_i(pte_i){}\n"
      "  );\nendmodule\n",
      kContractModule, outputs, wires, decoder.top, parameters_text(decoder), pins);
}

std::string place_of(const Decoder& decoder) {
  static const std::regex name_pattern("[A-Za-z_][A-Za-z0-9_$]*");
  if (!std::regex_match(decoder.top, name_pattern)) {
    throw UserError(fmt::format("--top '{}' is no name of a module", decoder.top));
  }
  std::string place;
  for (const std::string& file : decoder.files) {
    const unsigned line = line_of_module(file, decoder.top);
    if (line != 0) place = fmt::format("{}:{}", file, line);
  }
  if (place.empty()) {
    throw UserError(fmt::format("{}: has no 'module {}'; --top names the decoder's module",
                                decoder.files.front(), decoder.top));
  }
  return place;
}

std::vector<std::string> folders_of(const Decoder& decoder) {
  std::set<std::string> folders;
  for (const std::string& file : decoder.files) {
    const std::filesystem::path folder = std::filesystem::path(file).parent_path();
    folders.insert(folder.empty() ? "." : folder.string());
  }
  return {folders.begin(), folders.end()};
}

}  // namespace tessera::pte_rtl
