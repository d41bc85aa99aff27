#include "sw/pte_rtl/lint.hpp"

#include <regex>

#include <fmt/format.h>

#include "model/types/user_error.hpp"
#include "sw/pte_rtl/program.hpp"

namespace tessera::pte_rtl {

namespace {

/// The first complaint, with the place in the user's file.
std::string complaint(const std::string& output, const Decoder& decoder,
                      const std::string& contract) {
  static const std::regex complaint_line(
      R"(%(?:Error|Warning)[^:\n]*: ([^:\n]+):(\d+):\d+: ([^\n]*))");
  std::smatch parts;
  if (!std::regex_search(output, parts, complaint_line)) {
    return fmt::format("{}: Verilator does not take it: {}", place_of(decoder),
                       output.substr(0, output.find('\n')));
  }
  const std::string what = parts[3];
  if (parts[1].str() != contract) {
    return fmt::format("{}:{}: {}", parts[1].str(), parts[2].str(), what);
  }
  return fmt::format("{}: module {} has not the ports of docs/pte-decoder-port.md: {}",
                     place_of(decoder), decoder.top, what);
}

}  // namespace

std::vector<std::string> verilator_sources(const Decoder& decoder,
                                           const std::filesystem::path& contract) {
  std::vector<std::string> arguments{"--top-module", kContractModule};
  for (const std::string& folder : folders_of(decoder)) {
    arguments.insert(arguments.end(), {"-y", folder});
  }
  arguments.insert(arguments.end(), decoder.files.begin(), decoder.files.end());
  arguments.push_back(contract.string());
  return arguments;
}

void lint(const Decoder& decoder, const std::filesystem::path& contract) {
  std::vector<std::string> command{"verilator", "--lint-only", "-Wwarn-UNDRIVEN"};
  const std::vector<std::string> sources = verilator_sources(decoder, contract);
  command.insert(command.end(), sources.begin(), sources.end());
  const Ended ended = run_program(command, "verilator");
  if (ended.exit_code != 0) throw UserError(complaint(ended.output, decoder, contract.string()));
}

}  // namespace tessera::pte_rtl
