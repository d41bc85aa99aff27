#include "sw/sweep/workers.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <deque>
#include <exception>
#include <system_error>

#include <fmt/core.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "model/types/user_error.hpp"

namespace tessera::sweep {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kPollMilliseconds = 200;

/// What stands before an answer in the pipe; both ends are the same program.
struct Header {
  std::uint64_t size = 0;
  bool failed = false;
};

struct Piece {
  std::size_t work = 0;
  unsigned attempts = 0;
};

[[noreturn]] void refuse(const char* what) {
  throw UserError(
      fmt::format("cannot start a worker: {}: {}", what, std::generic_category().message(errno)));
}

bool write_all(int file, const void* data, std::size_t size) {
  const char* at = static_cast<const char*>(data);
  while (size > 0) {
    const ssize_t written = write(file, at, size);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    at += written;
    size -= static_cast<std::size_t>(written);
  }
  return true;
}

bool read_all(int file, void* data, std::size_t size) {
  char* at = static_cast<char*>(data);
  while (size > 0) {
    const ssize_t got = read(file, at, size);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    at += got;
    size -= static_cast<std::size_t>(got);
  }
  return true;
}

void answer(int to, const Work& work, std::size_t piece) {
  Header header;
  std::string text;
  try {
    text = work(piece);
  } catch (const std::exception& error) {
    text = error.what();
    header.failed = true;
  }
  header.size = text.size();
  if (!write_all(to, &header, sizeof header) || !write_all(to, text.data(), text.size())) _exit(1);
}

/// In the worker: until there is no more work.
[[noreturn]] void serve(int from, int to, const Work& work, pid_t parent) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(1);
  // Ctrl-C goes to every process of the terminal; the parent says when it is enough.
  std::signal(SIGINT, SIG_IGN);
  std::size_t piece = 0;
  while (read_all(from, &piece, sizeof piece)) {
    answer(to, work, piece);
  }
  _exit(0);
}

std::string death_text(int status) {
  if (WIFSIGNALED(status)) {
    const int signal = WTERMSIG(status);
    return fmt::format("the worker was ended by signal {} ({})", signal, strsignal(signal));
  }
  return fmt::format("the worker ended with exit code {}", WEXITSTATUS(status));
}

/// A worker process, as its parent sees it.
class Worker {
 public:
  explicit Worker(const Work& work, const std::vector<Worker>& others) {
    std::array<int, 2> requests{-1, -1};
    std::array<int, 2> answers{-1, -1};
    if (pipe(requests.data()) != 0 || pipe(answers.data()) != 0) refuse("pipe");
    const pid_t parent = getpid();
    pid_ = fork();
    if (pid_ < 0) refuse("fork");
    if (pid_ == 0) {
      close(requests[1]);
      close(answers[0]);
      // Held by this one too, the others' pipes would never end.
      for (const Worker& other : others) {
        other.close_pipes();
      }
      serve(requests[0], answers[1], work, parent);
    }
    close(requests[0]);
    close(answers[1]);
    to_ = requests[1];
    from_ = answers[0];
  }

  void give(const Piece& piece) {
    piece_ = piece;
    ++piece_.attempts;
    busy_ = true;
    begun_ = Clock::now();
    write_all(to_, &piece_.work, sizeof piece_.work);  // a dead worker's pipe ends: see take()
  }

  bool busy() const { return busy_; }
  int from() const { return from_; }
  const Piece& piece() const { return piece_; }

  /// Reads the answer. False when the worker has died over it.
  bool take(Outcome& outcome) {
    busy_ = false;
    outcome.work = piece_.work;
    outcome.attempts = piece_.attempts;
    outcome.seconds = std::chrono::duration<double>(Clock::now() - begun_).count();
    Header header;
    std::string text;
    if (!read_all(from_, &header, sizeof header)) return false;
    text.resize(header.size);
    if (!read_all(from_, text.data(), text.size())) return false;
    (header.failed ? outcome.failure : outcome.answer) = std::move(text);
    return true;
  }

  /// Ends the process, at once if so asked, and says how it ended.
  std::string end(bool at_once) {
    if (at_once) kill(pid_, SIGKILL);
    close_pipes();
    int status = 0;
    while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    return death_text(status);
  }

 private:
  void close_pipes() const {
    close(to_);
    close(from_);
  }

  pid_t pid_ = -1;
  int to_ = -1;
  int from_ = -1;
  bool busy_ = false;
  Piece piece_;
  Clock::time_point begun_;
};

/// The workers and the work that is left.
class Pool {
 public:
  Pool(const std::vector<std::size_t>& pieces, unsigned jobs, const Work& work,
       const Deliver& deliver)
      : work_(work), deliver_(deliver) {
    for (const std::size_t piece : pieces) {
      left_.push_back({piece, 0});
    }
    const std::size_t count = std::min<std::size_t>(jobs, pieces.size());
    workers_.reserve(count);
    try {
      while (workers_.size() < count) {
        workers_.emplace_back(work_, workers_);
      }
    } catch (const UserError&) {
      end(true);
      throw;
    }
  }
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;
  ~Pool() { end(true); }

  void run(const std::function<bool()>& go_on) {
    while (go_on() && give_out()) {
      wait_for_answers();
    }
    end(!left_.empty() || any_busy());
  }

 private:
  /// Work to whoever has none. False when all is done.
  bool give_out() {
    for (Worker& worker : workers_) {
      if (worker.busy() || left_.empty()) continue;
      worker.give(left_.front());
      left_.pop_front();
    }
    return any_busy();
  }

  bool any_busy() const {
    return std::any_of(workers_.begin(), workers_.end(), [](const Worker& w) { return w.busy(); });
  }

  void wait_for_answers() {
    std::vector<pollfd> files;
    for (const Worker& worker : workers_) {
      files.push_back({worker.busy() ? worker.from() : -1, POLLIN, 0});
    }
    if (poll(files.data(), files.size(), kPollMilliseconds) <= 0) return;
    for (std::size_t i = 0; i < files.size(); ++i) {
      if (files[i].revents != 0) take(i);
    }
  }

  void take(std::size_t i) {
    Outcome outcome;
    if (workers_[i].take(outcome)) {
      deliver_(outcome);
      return;
    }
    const Piece piece = workers_[i].piece();
    outcome.failure = workers_[i].end(true);
    workers_.erase(workers_.begin() + static_cast<std::ptrdiff_t>(i));
    if (piece.attempts < kAttempts) {
      left_.push_front(piece);
    } else {
      deliver_(outcome);
    }
    workers_.emplace(workers_.begin() + static_cast<std::ptrdiff_t>(i), work_, workers_);
  }

  void end(bool at_once) {
    for (Worker& worker : workers_) {
      worker.end(at_once);
    }
    workers_.clear();
  }

  const Work& work_;
  const Deliver& deliver_;
  std::deque<Piece> left_;
  std::vector<Worker> workers_;
};

/// A write to a worker that has just died must not end this process.
class IgnoredPipeSignal {
 public:
  IgnoredPipeSignal() : before_(std::signal(SIGPIPE, SIG_IGN)) {}
  IgnoredPipeSignal(const IgnoredPipeSignal&) = delete;
  IgnoredPipeSignal& operator=(const IgnoredPipeSignal&) = delete;
  ~IgnoredPipeSignal() { std::signal(SIGPIPE, before_); }

 private:
  void (*before_)(int);
};

}  // namespace

void run_in_workers(const std::vector<std::size_t>& pieces, unsigned jobs, const Work& work,
                    const Deliver& deliver, const std::function<bool()>& go_on) {
  const IgnoredPipeSignal ignored;
  Pool(pieces, jobs, work, deliver).run(go_on);
}

}  // namespace tessera::sweep
