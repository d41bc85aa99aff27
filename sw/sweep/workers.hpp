#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace tessera::sweep {

/// What a worker process made of one piece of work.
struct Outcome {
  std::size_t work = 0;  ///< which piece
  std::string answer;    ///< what the work returned; empty when it failed
  std::string failure;   ///< what ended it: an exception's text, a signal; empty when nothing did
  unsigned attempts = 0;
  double seconds = 0;  ///< of real time, of the last attempt
};

/// What goes on in a worker process: a piece of work to its answer. Exceptions are failures.
using Work = std::function<std::string(std::size_t)>;
/// Takes outcomes as they come, in the calling process.
using Deliver = std::function<void(const Outcome&)>;

/// Attempts at a piece of work whose worker dies; one that throws is not tried again, as it would
/// throw again.
inline constexpr unsigned kAttempts = 2;

/// Does all pieces in the order given, each in one of `jobs` processes forked from this one, which
/// share what it has in memory and end with it, however it ends. `go_on` is asked several times a
/// second; when it says false, the workers are killed and what they were at is not delivered.
/// Throws UserError when the system has no more processes or pipes.
void run_in_workers(const std::vector<std::size_t>& pieces, unsigned jobs, const Work& work,
                    const Deliver& deliver, const std::function<bool()>& go_on);

}  // namespace tessera::sweep
