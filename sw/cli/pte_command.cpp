#include "sw/cli/pte_command.hpp"

#include <algorithm>
#include <array>
#include <chrono>

#include <fmt/core.h>

#include "model/pte/layout_reader.hpp"
#include "model/pte/shipped.hpp"
#include "model/types/user_error.hpp"
#include "sw/cli/interruption.hpp"
#include "sw/cli/number.hpp"
#include "sw/cli/story.hpp"
#include "sw/pte_lab/check.hpp"
#include "sw/pte_lab/diagram.hpp"
#include "sw/pte_lab/exports.hpp"
#include "sw/pte_lab/trial.hpp"
#include "sw/report/atomic_file.hpp"
#include "sw/workload/text_source.hpp"

namespace tessera::cli {
namespace {

using Clock = std::chrono::steady_clock;

/// A path has a slash or ends in .toml; everything else is the name of a shipped format.
bool is_path(const std::string& format) {
  return format.find('/') != std::string::npos || format.ends_with(".toml");
}

pte::Layout load(const std::string& format) {
  return is_path(format) ? pte::read_layout(workload::read_text(format), format)
                         : pte::shipped_layout(format);
}

void print_finding(const pte_lab::Finding& finding) {
  fmt::print("{:<15} {:<24} {}\n", pte_lab::name_of(finding.verdict), finding.property,
             finding.statement);
  print_story(finding.story);
  if (!finding.reason.empty()) fmt::print("{:<15}   {}\n", "", finding.reason);
}

/// How many findings were refuted.
unsigned check_one(const std::string& name) {
  const pte::Layout layout = load(name);
  const Clock::time_point start = Clock::now();
  pte_lab::Solver solver;
  const std::vector<pte_lab::Finding> findings = pte_lab::check(layout, solver);
  const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
  fmt::print("{}: {}\n", layout.name, layout.title);
  if (!layout.broken.empty()) fmt::print("marked broken: {}\n", layout.broken);
  std::array<unsigned, 4> count{};
  for (const pte_lab::Finding& finding : findings) {
    print_finding(finding);
    ++count[static_cast<unsigned>(finding.verdict)];
  }
  fmt::print("{}: {} proved, {} refuted, {} known, {} not applicable; {} questions in {:.1f} s\n",
             layout.name, count[0], count[1], count[2], count[3], solver.questions(), seconds);
  return count[1];
}

constexpr std::size_t kShown = 8;

/// Prints what one workload showed with one format; true if all pages were right.
bool print_trial(const std::string& format, const char* workload, const pte_lab::Trial& trial) {
  fmt::print("{:<14} {:<22} {} reads, {} wrong{}{}\n", format, workload, trial.checks,
             trial.wrong.size(), trial.end.empty() ? "" : ", ended by ", trial.end);
  const std::size_t shown = std::min(kShown, trial.wrong.size());
  for (std::size_t i = 0; i < shown; ++i) {
    const pte_lab::WrongPage& page = trial.wrong[i];
    fmt::print("{:<14} window page {} shows page {} of the file instead of {}\n", "",
               page.window_page, page.found, page.expected);
  }
  if (trial.wrong.size() > shown) {
    fmt::print("{:<14} and {} more\n", "", trial.wrong.size() - shown);
  }
  return trial.wrong.empty() && trial.end.empty();
}

bool try_one(const pte::Layout& layout, std::uint64_t seed) {
  const bool ltp = print_trial(layout.name, "LTP remap_file_pages01", pte_lab::ltp_trial(layout));
  return print_trial(layout.name, "random remaps", pte_lab::random_trial(layout, seed)) && ltp;
}

}  // namespace

CLI::App* PteCommand::add(const std::string& name, const std::string& description) {
  CLI::App* command = command_->add_subcommand(name, description);
  command->allow_extras();
  return command;
}

PteCommand::PteCommand(CLI::App& app)
    : command_(app.add_subcommand("pte", "PTE formats: shown, tried out, proved, exported")) {
  command_->allow_extras();
  list_ = add("list", "The shipped formats");
  add_show();
  add_encode();
  add_decode();
  add_check();
  add_export();
  add_try();
  for (CLI::App* command : {show_, encode_, decode_, check_, export_, try_}) {
    command->add_option("--format", format_file_, "The format's file, instead of FORMAT")
        ->type_name("FILE");
  }
}

void PteCommand::add_show() {
  show_ = add("show", "A format's bits");
  show_->add_option("FORMAT", words_, "A shipped format's name, or a file")->type_name("NAME");
  show_->add_option("--svg", svg_path_, "Writes the picture to this file")->type_name("FILE");
}

void PteCommand::add_encode() {
  encode_ = add("encode", "The entry for a page of a file, a place in swap, or a frame");
  encode_->add_option("FORMAT", words_, "A shipped format's name, or a file")
      ->type_name("NAME");
  encode_->add_option("--pgoff", pgoff_, "Page of the file: makes a file PTE")->type_name("NUMBER");
  encode_->add_option("--swap-offset", swap_offset_, "Page of the swap space: makes a swap entry")
      ->type_name("NUMBER");
  encode_->add_option("--swap-type", swap_type_, "Which swap space")
      ->type_name("NUMBER")
      ->capture_default_str();
  encode_->add_option("--rpn", rpn_, "Frame number: makes a present entry")->type_name("NUMBER");
  encode_->add_option("--perms", wish_.permissions, "Some of r, w, x; - for none")
      ->type_name("LETTERS")
      ->capture_default_str();
  encode_->add_option("--wimge", wimge_, "W I M G E, besides what every new page has")
      ->type_name("NUMBER");
  encode_->add_flag("--kernel", wish_.kernel, "A kernel page instead of a program's");
  encode_->add_flag("--dirty", wish_.dirty, "The page has been written to");
  encode_->add_flag("--special", wish_.special, "A page without a struct page");
}

void PteCommand::add_decode() {
  decode_ = add("decode", "What an entry says");
  decode_->add_option("FORMAT", words_, "A format, then raw entries")->type_name("NAME");
}

void PteCommand::add_check() {
  check_ = add("check", "Proves a format's properties over all values, with z3");
  check_->add_option("FORMAT", words_, "Shipped formats' names, or files")->type_name("NAME");
  rtl_.add(*check_);
}

void PteCommand::add_export() {
  export_ = add("export", "The format for a kernel, RTL or a document, on standard output");
  export_->add_option("FORMAT", words_, "A shipped format's name, or a file")
      ->type_name("NAME");
  export_->add_flag("--c-header", c_header_, "Constants and inline functions in C");
  export_->add_flag("--sv-package", sv_package_, "The same in SystemVerilog");
  export_->add_flag("--markdown", markdown_, "A section of a document");
  export_->add_flag("--sv-template", sv_template_, "An empty decoder with the right ports");
}

void PteCommand::add_try() {
  try_ = add("try", "Which pages come out wrong when a kernel 3.8 runs on the format");
  try_->add_option("FORMAT", words_, "A shipped format's name, or a file")->type_name("NAME");
  try_->add_option("--seed", seed_, "Of the random remaps")
      ->type_name("NUMBER")
      ->capture_default_str();
}

std::vector<std::string> PteCommand::formats() const {
  std::vector<std::string> formats = words_;
  if (!format_file_.empty()) {
    formats.insert(formats.begin(), is_path(format_file_) ? format_file_ : "./" + format_file_);
  }
  if (formats.empty()) {
    throw UserError("no format: name a shipped one (tessera pte list), or a file");
  }
  return formats;
}

pte::Layout PteCommand::layout() const {
  const std::vector<std::string> all = formats();
  if (all.size() > 1) throw UserError(fmt::format("one format, please: '{}' is too many", all[1]));
  return load(all.front());
}

ExitCode PteCommand::list() const {
  for (const std::string& name : pte::shipped_names()) {
    const pte::Layout layout = load(name);
    const char* mark = !layout.broken.empty() ? "broken" : layout.known.empty() ? "" : "known";
    fmt::print("{:<14} {:>2} {:<7} {} ({})\n", layout.name, layout.width, mark, layout.title,
               layout.kernels);
  }
  return ExitCode::Success;
}

ExitCode PteCommand::show() const {
  const pte::Layout shown = layout();
  if (!svg_path_.empty()) {
    report::check_writable(svg_path_);
    report::write_file(svg_path_, pte_lab::svg_diagram(shown));
  }
  fmt::print("{}", pte_lab::text_diagram(shown));
  return ExitCode::Success;
}

ExitCode PteCommand::encode() const {
  if (pgoff_.empty() + swap_offset_.empty() + rpn_.empty() != 2) {
    throw UserError("encode: give one of --pgoff, --swap-offset and --rpn");
  }
  const pte::Layout format = layout();
  pte::Raw entry = 0;
  if (!pgoff_.empty()) {
    entry = pte_lab::encode_file(format, number(pgoff_, "--pgoff"));
  } else if (!swap_offset_.empty()) {
    entry = pte_lab::encode_swap(format, number(swap_type_, "--swap-type"),
                                 number(swap_offset_, "--swap-offset"));
  } else {
    pte_lab::PageWish wish = wish_;
    wish.rpn = number(rpn_, "--rpn");
    wish.wimge = number(wimge_, "--wimge");
    entry = pte_lab::encode_page(format, wish);
  }
  fmt::print("{}", pte_lab::decode_text(format, entry));
  return ExitCode::Success;
}

ExitCode PteCommand::decode() const {
  const std::vector<std::string> words = formats();
  if (words.size() < 2) throw UserError("decode: no raw entry; write it behind the format");
  const pte::Layout format = load(words.front());
  for (std::size_t i = 1; i < words.size(); ++i) {
    const pte::Raw entry = number(words[i], "RAW");
    if ((entry & ~pte::word_mask(format)) != 0) {
      throw UserError(fmt::format("{} has more than the format's {} bits", words[i], format.width));
    }
    fmt::print("{}{}", i == 1 ? "" : "\n", pte_lab::decode_text(format, entry));
  }
  return ExitCode::Success;
}

ExitCode PteCommand::check() const {
  watch_for_interruption();
  if (rtl_.wanted()) return rtl_.run(layout());
  unsigned refuted = 0;
  for (const std::string& name : formats()) {
    refuted += check_one(name);
    if (interrupted()) return ExitCode::Interrupted;
  }
  return refuted == 0 ? ExitCode::Success : ExitCode::Mismatch;
}

ExitCode PteCommand::export_format() const {
  if (c_header_ + sv_package_ + markdown_ + sv_template_ != 1) {
    throw UserError("export: give one of --c-header, --sv-package, --markdown and --sv-template");
  }
  const pte::Layout format = layout();
  fmt::print("{}", c_header_     ? pte_lab::c_header(format)
                   : sv_package_ ? pte_lab::sv_package(format)
                   : markdown_   ? pte_lab::markdown(format)
                                 : pte_lab::sv_template(format));
  return ExitCode::Success;
}

ExitCode PteCommand::try_format() const {
  const pte::Layout tried = layout();
  const std::uint64_t seed = number(seed_, "--seed");
  const bool right = try_one(tried, seed);
  if (!tried.repaired_by.empty()) try_one(pte::shipped_layout(tried.repaired_by), seed);
  return right ? ExitCode::Success : ExitCode::Mismatch;
}

ExitCode PteCommand::run() const {
  if (list_->parsed()) return list();
  if (show_->parsed()) return show();
  if (encode_->parsed()) return encode();
  if (decode_->parsed()) return decode();
  if (check_->parsed()) return check();
  return export_->parsed() ? export_format() : try_format();
}

}  // namespace tessera::cli
