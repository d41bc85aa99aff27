#include "sw/pte_rtl/program.hpp"

#include <array>
#include <cerrno>
#include <stdexcept>

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "model/types/user_error.hpp"

namespace tessera::pte_rtl {

namespace {

/// The process, or -1 if the program is not on the PATH.
pid_t spawn(const std::vector<std::string>& command, int output) {
  std::vector<std::string> words = command;
  std::vector<char*> arguments;
  arguments.reserve(words.size() + 1);
  for (std::string& word : words) {
    arguments.push_back(word.data());
  }
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions{};
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, output, STDERR_FILENO);
  pid_t process = -1;
  const int error =
      posix_spawnp(&process, arguments.front(), &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  return error == 0 ? process : -1;
}

std::string everything_from(int descriptor) {
  std::string text;
  std::array<char, 4096> buffer{};
  ssize_t got = 0;
  do {
    got = read(descriptor, buffer.data(), buffer.size());
    if (got > 0) text.append(buffer.data(), static_cast<std::size_t>(got));
  } while (got > 0 || (got < 0 && errno == EINTR));
  return text;
}

int wait_for(pid_t process) {
  int status = 0;
  while (waitpid(process, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

Ended run_program(const std::vector<std::string>& command, const std::string& package) {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe for a program");
  const pid_t process = spawn(command, ends[1]);
  close(ends[1]);
  if (process < 0) {
    close(ends[0]);
    throw UserError(
        fmt::format("this needs the program '{}', which is not on the "
                    "PATH: install the Debian package {}",
                    command.front(), package));
  }
  Ended ended;
  ended.output = everything_from(ends[0]);
  close(ends[0]);
  ended.exit_code = wait_for(process);
  return ended;
}

}  // namespace tessera::pte_rtl
