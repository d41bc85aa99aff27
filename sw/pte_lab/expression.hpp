#pragma once

#include <string>
#include <utility>

#include <fmt/format.h>

#include "model/pte/format.hpp"

namespace tessera::pte_lab {

/// How a language writes a constant of 64 bits; its operators are the same in C and in
/// SystemVerilog.
struct InC {
  static std::string constant(pte::Raw value) { return fmt::format("UINT64_C({:#x})", value); }
};
struct InSystemVerilog {
  static std::string constant(pte::Raw value) { return fmt::format("64'h{:x}", value); }
};

/// A condition written in such a language.
class Condition {
 public:
  explicit Condition(std::string text) : text_(std::move(text)) {}
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

/// A word written in such a language: semantics.hpp with it gives source text.
template <class Language>
class Expression {
 public:
  explicit Expression(std::string text) : text_(std::move(text)) {}
  explicit Expression(pte::Raw value)
      : text_(Language::constant(value)), is_zero_(value == 0), is_full_(~value == 0) {}

  const std::string& text() const { return text_; }
  bool is_zero() const { return is_zero_; }
  bool is_full() const { return is_full_; }

 private:
  std::string text_;
  bool is_zero_ = false;
  bool is_full_ = false;
};

template <class L>
Expression<L> operator&(const Expression<L>& a, const Expression<L>& b) {
  if (b.is_full()) return a;
  return Expression<L>(fmt::format("({} & {})", a.text(), b.text()));
}

template <class L>
Expression<L> operator|(const Expression<L>& a, const Expression<L>& b) {
  if (a.is_zero()) return b;
  if (b.is_zero()) return a;
  return Expression<L>(fmt::format("({} | {})", a.text(), b.text()));
}

template <class L>
Expression<L> operator<<(const Expression<L>& a, unsigned distance) {
  return distance == 0 ? a : Expression<L>(fmt::format("({} << {})", a.text(), distance));
}

template <class L>
Expression<L> operator>>(const Expression<L>& a, unsigned distance) {
  return distance == 0 ? a : Expression<L>(fmt::format("({} >> {})", a.text(), distance));
}

template <class L>
Condition operator==(const Expression<L>& a, const Expression<L>& b) {
  return Condition(fmt::format("({} == {})", a.text(), b.text()));
}

template <class L>
Condition operator!=(const Expression<L>& a, const Expression<L>& b) {
  return Condition(fmt::format("({} != {})", a.text(), b.text()));
}

inline Condition operator&&(const Condition& a, const Condition& b) {
  return Condition(fmt::format("({} && {})", a.text(), b.text()));
}

inline Condition operator||(const Condition& a, const Condition& b) {
  return Condition(fmt::format("({} || {})", a.text(), b.text()));
}

inline Condition operator!(const Condition& a) { return Condition("!" + a.text()); }

}  // namespace tessera::pte_lab
