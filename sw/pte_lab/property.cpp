#include "sw/pte_lab/property.hpp"

namespace tessera::pte_lab {

namespace {

Claim flag(const std::string& name) { return unknown(name) == Term(Raw{1}); }

}  // namespace

Term unknown(const std::string& name) { return Term(name); }

std::vector<Variable> page_variables(const Layout& layout) {
  const Raw wimge = pte::ones(layout.present.wimge.bits());
  return {{"rpn", pte::ones(layout.present.rpn.bits())},
          {"kernel", 1},
          {"read", 1},
          {"write", 1},
          {"exec", 1},
          {"dirty", 1},
          {"accessed", 1},
          {"special", 1},
          {"wimge", wimge}};
}

PageRequest<Term> unknown_page() {
  return {unknown("rpn"), unknown("wimge"), flag("kernel"),   flag("read"),   flag("write"),
          flag("exec"),   flag("dirty"),    flag("accessed"), flag("special")};
}

PageRequest<Raw> chosen_page(const Choice& choice) {
  const auto chosen = [&](const char* name) { return choice.at(name) != 0; };
  return {choice.at("rpn"), choice.at("wimge"), chosen("kernel"),
          chosen("read"),   chosen("write"),    chosen("exec"),
          chosen("dirty"),  chosen("accessed"), chosen("special")};
}

Outcome examine(Solver& solver, const std::vector<Variable>& variables, const Claim& violation,
                const std::function<std::vector<std::string>(const Choice&)>& tell) {
  const auto choice = solver.smallest(variables, violation);
  if (!choice) return {};
  return {"", false, tell(*choice)};
}

}  // namespace tessera::pte_lab
