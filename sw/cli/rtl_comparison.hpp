#pragma once

#include <string>

#include <CLI/CLI.hpp>

#include "model/pte/layout.hpp"
#include "sw/cli/exit_code.hpp"
#include "sw/pte_rtl/contract.hpp"

namespace tessera::cli {

/// `tessera pte check FORMAT --rtl …`: a decoder in RTL held to a format.
class RtlComparison {
 public:
  /// Adds its options.
  void add(CLI::App& command);

  /// --rtl was given, or an option that makes sense with it only.
  bool wanted() const;

  /// Proves, simulates, prints. Throws UserError for a decoder that cannot be used. Interrupted if
  /// Ctrl-C came before the end.
  ExitCode run(const pte::Layout& layout) const;

 private:
  pte_rtl::Decoder decoder_;
  std::string words_;
  std::string seed_ = "1";
  std::string jobs_;
  std::string resume_;
};

}  // namespace tessera::cli
