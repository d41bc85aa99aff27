#pragma once

#include <string>
#include <vector>

#include "model/pte/layout.hpp"

namespace tessera::pte_lab {

/// Constants and inline functions for a kernel: PTE_<NAME>_…, pte_<name>_….
std::string c_header(const pte::Layout& layout);

/// The same for RTL: pte_<name>_pkg.
std::string sv_package(const pte::Layout& layout);

/// The format as a section of a document.
std::string markdown(const pte::Layout& layout);

/// An empty decoder with the ports of docs/pte-decoder-port.md, to be filled in by hand.
std::string sv_template(const pte::Layout& layout);

/// The format's name as an identifier: "i386-3.6" is i386_3_6, 40x is 40x.
std::string identifier(const pte::Layout& layout);

/// A function that the exports offer.
struct ExportedFunction {
  std::string name;
  std::vector<std::string> arguments;
  std::string body;    ///< an expression in the arguments
  bool truth = false;  ///< it answers yes or no
  unsigned bits = 64;  ///< of its answer, if it is a number
};

/// The functions of a format, in either language.
template <class Language>
std::vector<ExportedFunction> exported_functions(const pte::Layout& layout);

}  // namespace tessera::pte_lab
