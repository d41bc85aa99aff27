#include "sw/pte_rtl/equivalence.hpp"

#include <regex>
#include <stdexcept>

#include <fmt/format.h>

#include "sw/pte_rtl/program.hpp"
#include "sw/workload/text_source.hpp"

namespace tessera::pte_rtl {

namespace {

using pte_lab::Claim;
using pte_lab::Term;

/// Everything in one module, as functions of a state that is the input alone; -stbv makes a state a
/// vector, so that the logic needs no sorts of its own.
std::string yosys_script(const Decoder& decoder, const std::filesystem::path& contract,
                         const std::filesystem::path& formulas) {
  std::string script = "read_verilog -sv -defer";
  for (const std::string& file : decoder.files) {
    script += fmt::format(" \"{}\"", file);
  }
  script += fmt::format(" \"{}\"; hierarchy -check -top {}", contract.string(), kContractModule);
  for (const std::string& folder : folders_of(decoder)) {
    script += " -libdir " + folder;
  }
  return script + fmt::format(
                      "; proc; flatten; chformal -remove; opt_clean; check -assert; "
                      "write_smt2 -stbv \"{}\"",
                      formulas.string());
}

/// yosys's own words of what it does not read.
std::string error_in(const std::string& output) {
  static const std::regex error_line(R"((?:\S+:\d+: )?ERROR: [^\n]*)");
  std::smatch found;
  return std::regex_search(output, found, error_line) ? found.str() : "it ended without a message";
}

/// An output of the decoder in the solver's words.
Term output_term(const std::string& port) {
  return Term(fmt::format("(|{}_n {}| decoder)", kContractModule, port));
}

/// What the decoder says of one word: only one value each is possible.
pte_lab::Decoded<pte::Raw> said_of(pte::Raw word, const Claim& reads, pte_lab::Solver& solver) {
  pte_lab::Decoded<pte::Raw> said{};
  for (std::size_t i = 0; i < pte_lab::kOutputs; ++i) {
    const auto choice =
        solver.smallest({{"pte", ~pte::Raw{0}}, {"said", ~pte::Raw{0}}},
                        reads && Term("pte") == Term(word) &&
                            Term("said") == output_term(pte_lab::decoder_ports()[i].name));
    if (!choice) throw std::runtime_error("the decoder says nothing of a word");
    said[i] = choice->at("said");
  }
  return said;
}

}  // namespace

Equivalence prove_equal(const pte::Layout& layout, const Decoder& decoder,
                        const std::filesystem::path& contract, pte_lab::Solver& solver) {
  const std::filesystem::path formulas = contract.parent_path() / "decoder.smt2";
  const Ended ended =
      run_program({"yosys", "-q", "-p", yosys_script(decoder, contract, formulas)}, "yosys");
  if (ended.exit_code != 0) return {error_in(ended.output), std::nullopt};
  solver.define(workload::read_text(formulas) +
                fmt::format("(declare-const decoder |{}_s|)\n", kContractModule));
  const Claim reads = output_term("pte_i") == Term("pte");
  const pte_lab::Decoded<Term> expected = pte_lab::decoded(layout, Term("pte"));
  Claim differs(false);
  for (std::size_t i = 0; i < pte_lab::kOutputs; ++i) {
    differs = differs || output_term(pte_lab::decoder_ports()[i].name) != expected[i];
  }
  const auto choice = solver.smallest({{"pte", pte::word_mask(layout)}}, reads && differs);
  if (!choice) return {};
  const pte::Raw word = choice->at("pte");
  return {"", Difference{word, pte_lab::decoded(layout, word), said_of(word, reads, solver)}};
}

}  // namespace tessera::pte_rtl
