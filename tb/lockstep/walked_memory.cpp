#include "tb/lockstep/walked_memory.hpp"

#include <array>

namespace tessera::lockstep {
namespace {

/// The finalizer of splitmix64: neighbouring addresses get unrelated contents.
std::uint64_t mixed(std::uint64_t value) {
  value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9ULL;
  value = (value ^ (value >> 27)) * 0x94D049BB133111EBULL;
  return value ^ (value >> 31);
}

/// Chances of a draw to be below `of_64` in 64, each from bits of its own.
class Draws {
 public:
  explicit Draws(std::uint64_t bits) : bits_(bits) {}

  bool chance(std::uint64_t of_64) {
    const bool yes = bits_ % 64 < of_64;
    bits_ = mixed(bits_);
    return yes;
  }

 private:
  std::uint64_t bits_;
};

/// A kernel address of a table; now and then none, or a directory of huge pages.
std::uint64_t directory_entry(std::uint64_t bits) {
  Draws draws(mixed(bits));
  if (draws.chance(2)) {
    return 0;
  }
  const std::uint64_t word = bits & 0x7FFFFFFF;
  return draws.chance(2) ? word : word | 0x80000000;
}

/// linux-vm.md F2: PRESENT 1, USER 2, RW 4, DIRTY 8, EXEC 0x10, ACCESSED 0x20.
std::uint64_t short_pte(std::uint64_t bits) {
  Draws draws(mixed(bits));
  const std::uint64_t page = bits & 0xFFFFFFC0;
  if (draws.chance(48)) {
    return page | 0x3F;
  }
  return page | (bits & 0x1E) | (draws.chance(56) ? 1U : 0U) | (draws.chance(56) ? 0x20U : 0U);
}

/// V 1, BAP 0xFC, PS 0xF00, C 0x1000, R 0x40000 (e500mc-mmu.md 5.7).
std::uint64_t long_pte(std::uint64_t bits) {
  Draws draws(mixed(bits));
  constexpr std::uint64_t kGood = 0x412FD;
  const std::uint64_t page = (bits & ~std::uint64_t{0xFFFFFFF}) | (bits & 0xFFBE002);
  const std::uint64_t frame = draws.chance(60) ? page & 0xFFFFFFFFFFF : page;
  if (draws.chance(48)) {
    return frame | kGood;
  }
  return frame | (bits & 0x10FC) | (draws.chance(56) ? 1U : 0U) |
         (draws.chance(56) ? 0x40000U : 0U) | (draws.chance(56) ? 0x200U : bits & 0xF00);
}

}  // namespace

std::uint64_t WalkedMemory::contents(std::uint64_t ra, bool is_double) const {
  const std::uint64_t bits = mixed(ra + 0x9E3779B97F4A7C15ULL * (seed_ + (epoch_ << 20)));
  // A directory is of up to two frames, for fsl64.
  const std::uint64_t frame = ra >> 12;
  if (frame >= kFirstDirectory && frame <= kFirstDirectory + kDirectories) {
    return directory_entry(bits);
  }
  return is_double ? long_pte(bits) : short_pte(bits);
}

void WalkedMemory::begin_phase() {
  struct Speed {
    std::uint32_t shortest, spread, ready;
  };
  static constexpr std::array<Speed, 8> kSpeeds{{{1, 1, 1024},
                                                 {1, 3, 1024},
                                                 {1, 3, 500},
                                                 {1, 8, 800},
                                                 {1, 8, 100},
                                                 {3, 20, 700},
                                                 {1, 2, 1024},
                                                 {150, 20, 1024}}};
  const Speed& speed = kSpeeds[random_.below(kSpeeds.size())];
  shortest_ = speed.shortest;
  spread_ = speed.spread;
  ready_ = speed.ready;
  error_ = chance(300) ? 60 : 2;
  spurious_ = chance(512) ? 200 : 0;
}

void WalkedMemory::put(const clocked::OutputPins& shown, clocked::InputPins& in) {
  quiet_ += quiet_ < 100 ? 1 : 0;
  const bool due = asked_ && --left_ == 0;
  in.mem_req_ready = chance(ready_);
  in.mem_rsp_valid = due || (!asked_ && chance(spurious_));
  in.mem_rsp_error = due ? chance(error_) : chance(512);
  const std::uint64_t noise = (std::uint64_t{random_.next()} << 32) | random_.next();
  in.mem_rsp_data = due ? answer_ : noise;
  asked_ = asked_ && !due;
  if (shown.mem_req_valid && in.mem_req_ready) {
    asked_ = true;
    left_ = shortest_ + random_.below(spread_);
    const std::uint64_t value = contents(shown.mem_req_ra, shown.mem_req_double);
    answer_ = shown.mem_req_double ? value : (noise << 32) | (value & 0xFFFFFFFF);
  }
  if (shown.mem_req_valid || due) {
    quiet_ = 0;
  }
  asked_ = asked_ && in.rst_n;
}

}  // namespace tessera::lockstep
