#pragma once

#include <cstdint>
#include <functional>

namespace tessera {

/// An unsigned number with a unit: two quantities of different units never mix, and neither
/// converts from or to a plain integer without saying so. `Tag` names the unit.
template <class Tag, class Rep>
class Quantity {
 public:
  /// The type of the bare number.
  using Value = Rep;

  constexpr Quantity() = default;
  /// So many of the unit.
  constexpr explicit Quantity(Rep value) : value_(value) {}

  /// The bare number, in the unit the type names.
  constexpr Rep value() const { return value_; }

  /// The same number.
  friend constexpr bool operator==(Quantity a, Quantity b) { return a.value_ == b.value_; }
  /// Another number.
  friend constexpr bool operator!=(Quantity a, Quantity b) { return a.value_ != b.value_; }
  /// Less.
  friend constexpr bool operator<(Quantity a, Quantity b) { return a.value_ < b.value_; }
  /// Less, or the same.
  friend constexpr bool operator<=(Quantity a, Quantity b) { return a.value_ <= b.value_; }
  /// More.
  friend constexpr bool operator>(Quantity a, Quantity b) { return a.value_ > b.value_; }
  /// More, or the same.
  friend constexpr bool operator>=(Quantity a, Quantity b) { return a.value_ >= b.value_; }

 private:
  Rep value_ = 0;
};

/// A quantity that is an amount: amounts add up, and can be counted several times.
template <class Tag, class Rep>
class Amount : public Quantity<Tag, Rep> {
 public:
  using Quantity<Tag, Rep>::Quantity;

  /// Adds an amount; what does not fit is lost.
  constexpr Amount& operator+=(Amount other) { return *this = *this + other; }
  /// Takes an amount off. Requires that there is as much.
  constexpr Amount& operator-=(Amount other) { return *this = *this - other; }

  /// The sum; what does not fit is lost.
  friend constexpr Amount operator+(Amount a, Amount b) {
    return Amount(static_cast<Rep>(a.value() + b.value()));
  }
  /// Requires a >= b: amounts are never negative.
  friend constexpr Amount operator-(Amount a, Amount b) {
    return Amount(static_cast<Rep>(a.value() - b.value()));
  }
  /// So many times; what does not fit is lost.
  friend constexpr Amount operator*(Amount a, Rep times) {
    return Amount(static_cast<Rep>(a.value() * times));
  }
};

/// A quantity that is a place: places move by an amount, and two places are an amount apart.
template <class Tag, class Rep, class Distance>
class Place : public Quantity<Tag, Rep> {
 public:
  using Quantity<Tag, Rep>::Quantity;

  /// Moves up.
  constexpr Place& operator+=(Distance by) { return *this = *this + by; }

  /// So much further up; wraps at the end of the type.
  friend constexpr Place operator+(Place a, Distance by) {
    return Place(static_cast<Rep>(a.value() + static_cast<Rep>(by.value())));
  }
  /// So much further down; wraps at 0.
  friend constexpr Place operator-(Place a, Distance by) {
    return Place(static_cast<Rep>(a.value() - static_cast<Rep>(by.value())));
  }
  /// Requires a >= b.
  friend constexpr Distance operator-(Place a, Place b) {
    return Distance(static_cast<typename Distance::Value>(a.value() - b.value()));
  }
};

}  // namespace tessera

/// Quantities are keys of hash tables.
template <class Tag, class Rep>
struct std::hash<tessera::Quantity<Tag, Rep>> {
  /// That of the bare number.
  std::size_t operator()(tessera::Quantity<Tag, Rep> q) const noexcept {
    return std::hash<Rep>{}(q.value());
  }
};
