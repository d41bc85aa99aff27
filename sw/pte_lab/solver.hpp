#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

#include "sw/pte_lab/symbolic.hpp"

namespace tessera::pte_lab {

/// A word that the solver may choose, from 0 to `highest`.
struct Variable {
  std::string name;
  std::uint64_t highest = 0;
};

/// What the solver chose, by name.
using Choice = std::map<std::string, std::uint64_t>;

/// z3 as a process that is spoken to in SMT-LIB.
class Solver {
 public:
  /// Starts it. Throws UserError if the program is not there.
  explicit Solver(const std::string& program = "z3");
  ~Solver();
  Solver(const Solver&) = delete;
  Solver& operator=(const Solver&) = delete;

  /// Takes SMT-LIB definitions, which claims may then use. Throws std::runtime_error if the solver
  /// does not understand them.
  void define(const std::string& definitions);

  /// Values for which the claim is true, the smallest of the first variable, then of the
  /// second, and so on; nothing if there are none, which is then proved for all values. Throws
  /// std::runtime_error if the solver gives up.
  std::optional<Choice> smallest(const std::vector<Variable>& variables, const Claim& claim);

  /// How often it was asked so far.
  unsigned questions() const { return questions_; }

 private:
  void send(const std::string& text) const;
  std::string answer();
  bool satisfiable();
  std::uint64_t minimise(const Variable& variable);

  pid_t process_ = -1;
  int socket_ = -1;
  std::string received_;
  std::string definitions_;
  unsigned questions_ = 0;
};

}  // namespace tessera::pte_lab
