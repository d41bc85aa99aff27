#pragma once

#include <stdexcept>
#include <string>

namespace tessera {

/// Something the user gave cannot be used: a flag, a file, a parameter. The text is one line
/// that says what is wrong, where, and what would be right; the command exits with 2.
class UserError : public std::runtime_error {
 public:
  /// `what`: that one line, without a full stop or line break at its end.
  explicit UserError(const std::string& what) : std::runtime_error(what) {}
};

}  // namespace tessera
