#pragma once

#include <cstdint>
#include <string>
#include <utility>

namespace tessera::pte_lab {

/// Something that is true or false of words a solver looks for, as an SMT-LIB formula.
class Claim {
 public:
  explicit Claim(std::string formula) : formula_(std::move(formula)) {}
  explicit Claim(bool value) : formula_(value ? "true" : "false") {}

  const std::string& formula() const { return formula_; }

 private:
  std::string formula_;
};

/// A word of 64 bits that a solver looks for, as an SMT-LIB term. It has the operators of
/// std::uint64_t, so that one template says what a format means to both.
class Term {
 public:
  explicit Term(std::string term) : term_(std::move(term)) {}
  explicit Term(std::uint64_t value);

  const std::string& term() const { return term_; }

 private:
  std::string term_;
};

Term operator&(const Term& a, const Term& b);
Term operator|(const Term& a, const Term& b);
Term operator<<(const Term& a, unsigned distance);
Term operator>>(const Term& a, unsigned distance);

Claim operator==(const Term& a, const Term& b);
Claim operator!=(const Term& a, const Term& b);
Claim operator<(const Term& a, const Term& b);

Claim operator&&(const Claim& a, const Claim& b);
Claim operator||(const Claim& a, const Claim& b);
Claim operator!(const Claim& a);
Claim operator==(const Claim& a, const Claim& b);

/// `a` where the condition is true, otherwise `b`.
Term select(const Claim& condition, const Term& a, const Term& b);

/// The same for known words.
inline std::uint64_t select(bool condition, std::uint64_t a, std::uint64_t b) {
  return condition ? a : b;
}

}  // namespace tessera::pte_lab
