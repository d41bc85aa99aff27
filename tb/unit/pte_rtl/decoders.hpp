#pragma once

#include <string>

#include "sw/pte_lab/solver.hpp"
#include "sw/pte_rtl/equivalence.hpp"
#include "sw/report/temporary_folder.hpp"

namespace tessera::pte_rtl {

using report::TemporaryFolder;

/// rtl/pte_decoder.sv, set to a format; `folder` has another copy of it.
Decoder our_decoder(const std::string& format, const std::string& folder = TESSERA_RTL);

/// Lets Verilator compile through ccache, if it is there.
void use_ccache();

/// A decoder within the contract, on disk.
class Staged {
 public:
  explicit Staged(const Decoder& decoder);
  std::string contract() const { return (folder_.path() / "contract.sv").string(); }

 private:
  TemporaryFolder folder_;
};

/// Proves or refutes it with a solver of its own.
Equivalence proof_of(const pte::Layout& layout, const Decoder& decoder);

/// A whole decoder in one file: `body` assigns what is not to be 0, as in "assign file_o = 1'b1;".
/// The outputs that it assigns are named in `assigned`.
std::string decoder_text(const std::string& body, const std::vector<std::string>& assigned);

std::string text_in(const std::string& path);
void write_into(const std::string& path, const std::string& text);

}  // namespace tessera::pte_rtl
