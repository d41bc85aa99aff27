#include "sw/pte_lab/solver.hpp"

#include <array>
#include <bit>
#include <stdexcept>

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "model/types/user_error.hpp"

namespace tessera::pte_lab {

namespace {

/// Starts the program with one end of a socket as its input and output.
pid_t start(const std::string& program, int their_end) {
  posix_spawn_file_actions_t actions{};
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, their_end, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, their_end, STDOUT_FILENO);
  std::string name = program;
  std::string from_input = "-in";
  const std::array<char*, 3> arguments{name.data(), from_input.data(), nullptr};
  pid_t process = -1;
  const int error =
      posix_spawnp(&process, program.c_str(), &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  return error == 0 ? process : -1;
}

}  // namespace

Solver::Solver(const std::string& program) {
  std::array<int, 2> ends{};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
    throw std::runtime_error("no socket for the solver");
  }
  socket_ = ends[0];
  process_ = start(program, ends[1]);
  close(ends[1]);
  if (process_ < 0) {
    close(socket_);
    throw UserError(
        fmt::format("the proofs need the program '{}', which is not on the PATH: "
                    "install the Debian package z3",
                    program));
  }
  send("(set-logic QF_BV)\n");
}

Solver::~Solver() {
  close(socket_);
  waitpid(process_, nullptr, 0);
}

void Solver::send(const std::string& text) const {
  std::size_t done = 0;
  while (done < text.size()) {
    const ssize_t sent = ::send(socket_, text.data() + done, text.size() - done, MSG_NOSIGNAL);
    if (sent <= 0) throw std::runtime_error("the solver stopped listening");
    done += static_cast<std::size_t>(sent);
  }
}

std::string Solver::answer() {
  std::size_t end = received_.find('\n');
  while (end == std::string::npos) {
    std::array<char, 4096> buffer{};
    const ssize_t got = recv(socket_, buffer.data(), buffer.size(), 0);
    if (got <= 0) throw std::runtime_error("the solver ended without an answer");
    received_.append(buffer.data(), static_cast<std::size_t>(got));
    end = received_.find('\n');
  }
  std::string line = received_.substr(0, end);
  received_.erase(0, end + 1);
  return line;
}

bool Solver::satisfiable() {
  ++questions_;
  send("(check-sat)\n");
  const std::string line = answer();
  if (line == "sat") return true;
  if (line == "unsat") return false;
  throw std::runtime_error("the solver answered: " + line);
}

/// Bit by bit from the top: zero if any choice is left then.
std::uint64_t Solver::minimise(const Variable& variable) {
  std::uint64_t value = 0;
  const Term term(variable.name);
  send("(push)\n(assert " + (term == Term(std::uint64_t{0})).formula() + ")\n");
  if (satisfiable()) return 0;
  send("(pop)\n");
  for (auto bit = static_cast<unsigned>(std::bit_width(variable.highest)); bit-- > 0;) {
    const Claim clear = ((term >> bit) & Term(std::uint64_t{1})) == Term(std::uint64_t{0});
    send("(push)\n(assert " + clear.formula() + ")\n");
    if (!satisfiable()) {
      value |= std::uint64_t{1} << bit;
      send("(pop)\n(push)\n(assert " + (!clear).formula() + ")\n");
    }
  }
  return value;
}

void Solver::define(const std::string& definitions) {
  definitions_ = definitions;
  send("(reset)\n(set-logic QF_BV)\n" + definitions_ + "(echo \"understood\")\n");
  const std::string line = answer();
  if (line != "understood") throw std::runtime_error("the solver answered: " + line);
}

std::optional<Choice> Solver::smallest(const std::vector<Variable>& variables, const Claim& claim) {
  send("(reset)\n(set-logic QF_BV)\n" + definitions_);
  for (const Variable& variable : variables) {
    send(fmt::format("(declare-const {} (_ BitVec 64))\n(assert (bvule {} {}))\n", variable.name,
                     variable.name, Term(variable.highest).term()));
  }
  send("(assert " + claim.formula() + ")\n");
  if (!satisfiable()) return std::nullopt;
  Choice choice;
  for (const Variable& variable : variables) {
    choice[variable.name] = minimise(variable);
  }
  return choice;
}

}  // namespace tessera::pte_lab
