// Lock step with fresh seeds for as long as one likes: tessera_soak MINUTES [FIRST_SEED].

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <random>

#include <fmt/core.h>

#include "model/clocked/clocked_mmu.hpp"
#include "tb/lockstep/lockstep.hpp"
#include "tb/lockstep/subjects.hpp"

namespace tessera::lockstep {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::uint64_t kCyclesASeed = 1000000;

/// One seed of one subject; the cycles compared. Ends the program at a difference.
std::uint64_t run_one(const Subject& subject, std::uint64_t seed) {
  clocked::ClockedMmu model(subject.core.parameters, subject.core.timing);
  const auto rtl = make_rtl(subject);
  Stimulus stimulus(subject.core.parameters, seed);
  Lockstep lockstep(model, "C++", *rtl, "RTL");
  if (!lockstep.run(stimulus, kCyclesASeed)) {
    fmt::print("{}, seed {}: {}", subject.name, seed, lockstep.comparison().difference);
    std::exit(1);
  }
  return lockstep.comparison().cycles;
}

void soak(double minutes, std::uint64_t first_seed) {
  const auto end = Clock::now() + std::chrono::duration<double, std::ratio<60>>(minutes);
  std::uint64_t cycles = 0;
  std::uint64_t seed = first_seed;
  for (; Clock::now() < end; ++seed) {
    for (const Subject& subject : subjects()) {
      cycles += run_one(subject, seed);
    }
    fmt::print(stderr, "\rseed {}: {} cycles, no difference", seed, cycles);
    std::fflush(stderr);
  }
  fmt::print(stderr, "\n");
  fmt::print("{} cycles compared on {} parameter sets, seeds {} to {}: no difference\n", cycles,
             subjects().size(), first_seed, seed - 1);
}

}  // namespace
}  // namespace tessera::lockstep

int main(int argc, char** argv) {
  const double minutes = argc > 1 ? std::strtod(argv[1], nullptr) : 1.0;
  const std::uint64_t seed =
      argc > 2 ? std::strtoull(argv[2], nullptr, 10) : std::random_device{}();
  if (minutes <= 0) {
    fmt::print(stderr, "tessera_soak: '{}' is no number of minutes\n", argv[1]);
    return 2;
  }
  tessera::lockstep::soak(minutes, seed);
  return 0;
}
