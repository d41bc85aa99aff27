#include "sw/pte_lab/symbolic.hpp"

#include <fmt/format.h>

namespace tessera::pte_lab {

namespace {

std::string shifted(const char* operation, const Term& a, unsigned distance) {
  return fmt::format("({} {} {})", operation, a.term(), Term(std::uint64_t{distance}).term());
}

}  // namespace

Term::Term(std::uint64_t value) : term_(fmt::format("#x{:016x}", value)) {}

Term operator&(const Term& a, const Term& b) {
  return Term(fmt::format("(bvand {} {})", a.term(), b.term()));
}

Term operator|(const Term& a, const Term& b) {
  return Term(fmt::format("(bvor {} {})", a.term(), b.term()));
}

Term operator<<(const Term& a, unsigned distance) { return Term(shifted("bvshl", a, distance)); }

Term operator>>(const Term& a, unsigned distance) { return Term(shifted("bvlshr", a, distance)); }

Claim operator==(const Term& a, const Term& b) {
  return Claim(fmt::format("(= {} {})", a.term(), b.term()));
}

Claim operator!=(const Term& a, const Term& b) { return !(a == b); }

Claim operator<(const Term& a, const Term& b) {
  return Claim(fmt::format("(bvult {} {})", a.term(), b.term()));
}

Claim operator&&(const Claim& a, const Claim& b) {
  return Claim(fmt::format("(and {} {})", a.formula(), b.formula()));
}

Claim operator||(const Claim& a, const Claim& b) {
  return Claim(fmt::format("(or {} {})", a.formula(), b.formula()));
}

Claim operator!(const Claim& a) { return Claim(fmt::format("(not {})", a.formula())); }

Claim operator==(const Claim& a, const Claim& b) {
  return Claim(fmt::format("(= {} {})", a.formula(), b.formula()));
}

Term select(const Claim& condition, const Term& a, const Term& b) {
  return Term(fmt::format("(ite {} {} {})", condition.formula(), a.term(), b.term()));
}

}  // namespace tessera::pte_lab
