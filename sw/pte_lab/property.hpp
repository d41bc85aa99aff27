#pragma once

#include <functional>
#include <string>
#include <vector>

#include "sw/pte_lab/semantics.hpp"
#include "sw/pte_lab/solver.hpp"

namespace tessera::pte_lab {

/// What one question to the solver was about.
struct Outcome {
  std::string obstacle;  ///< why the format has no such property; else empty
  bool holds = true;
  std::vector<std::string> story;
};

/// Something that a good format has.
struct Property {
  std::string name;  ///< one of pte::property_names()
  std::string statement;
  std::function<Outcome(const Layout&, Solver&)> examine;
};

/// Of each kind of entry: taken for what it is, and coming back as what went in.
std::vector<Property> present_properties();
std::vector<Property> file_and_swap_properties();

/// What may reach the TLB, and with which rights.
std::vector<Property> loader_properties();

/// The pages that mk_pte can be asked for, as unknowns.
std::vector<Variable> page_variables(const Layout& layout);
PageRequest<Term> unknown_page();
PageRequest<Raw> chosen_page(const Choice& choice);

/// The unknown of that name as a word.
Term unknown(const std::string& name);

/// Looks for a violation; `tell` makes a story of the smallest.
Outcome examine(Solver& solver, const std::vector<Variable>& variables, const Claim& violation,
                const std::function<std::vector<std::string>(const Choice&)>& tell);

}  // namespace tessera::pte_lab
