#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "model/pte/layout.hpp"
#include "sw/cli/command.hpp"
#include "sw/cli/rtl_comparison.hpp"
#include "sw/pte_lab/decode_text.hpp"

namespace tessera::cli {

/// `tessera pte …`: PTE formats listed, shown, tried out, proved and exported.
class PteCommand final : public Command {
 public:
  /// Adds the subcommand, its own subcommands and their options.
  explicit PteCommand(CLI::App& app);

  bool chosen() const override { return command_->parsed(); }
  ExitCode run() const override;

 private:
  CLI::App* add(const std::string& name, const std::string& description);
  void add_show();
  void add_encode();
  void add_decode();
  void add_check();
  void add_export();
  void add_try();

  ExitCode list() const;
  ExitCode show() const;
  ExitCode encode() const;
  ExitCode decode() const;
  ExitCode check() const;
  ExitCode export_format() const;
  ExitCode try_format() const;

  std::vector<std::string> formats() const;
  pte::Layout layout() const;

  CLI::App* command_;
  CLI::App* list_ = nullptr;
  CLI::App* show_ = nullptr;
  CLI::App* encode_ = nullptr;
  CLI::App* decode_ = nullptr;
  CLI::App* check_ = nullptr;
  CLI::App* export_ = nullptr;
  CLI::App* try_ = nullptr;

  std::vector<std::string> words_;  ///< FORMAT, and for decode the raw entries
  std::string format_file_;
  std::string svg_path_;
  std::string pgoff_;
  std::string swap_type_ = "0";
  std::string swap_offset_;
  std::string rpn_;
  std::string wimge_ = "0";
  pte_lab::PageWish wish_;
  RtlComparison rtl_;
  std::string seed_ = "1";
  bool c_header_ = false;
  bool sv_package_ = false;
  bool markdown_ = false;
  bool sv_template_ = false;
};

}  // namespace tessera::cli
