#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "model/mmu/engine.hpp"
#include "model/mmu/parameters.hpp"

namespace tessera::mmu {

/// What tlbwe writes.
struct MasWords {
  std::uint32_t mas0 = 0, mas1 = 0, mas2 = 0, mas3 = 0, mas7 = 0, mas8 = 0;
};

/// What the reference says of an access.
struct Expectation {
  bool ambiguous = false;  ///< more than one entry matches
  Outcome outcome = Outcome::Translated;
  std::uint64_t ra = 0;
  std::uint8_t wimge = 0;
};

/// An address that a valid entry covers, and the context that would hit it.
struct Target {
  bool found = false;
  std::uint32_t ea = 0, tid = 0, tlpid = 0;
  bool ts = false, tgs = false;
};

/// An MMU as a plain list of entries, written from e500mc-mmu.md 2.2, 2.4, 3.7 and 3.8 alone: no
/// L1, no sets, no time, one `if` a rule. It shares nothing with the model but its interface.
class Reference {
 public:
  explicit Reference(const Parameters& parameters);

  void set(Spr spr, std::uint32_t value);
  void write(const MasWords& mas);
  void tlbilx(unsigned t, std::uint32_t ea);
  void tlbivax(std::uint32_t operand);
  void flash(std::uint32_t arrays);

  Expectation translate(const Access& access) const;

  /// A valid entry and a byte in it, both chosen by `dice`.
  Target target(std::uint32_t dice) const;

  /// Would this entry share an address, in some context, with a valid one elsewhere?
  bool would_overlap(const MasWords& mas) const;
  bool same_entries(const std::vector<TlbEntry>& entries) const;

  bool has_ehv() const { return parameters_.has_ehv; }
  bool has_external_pid() const { return parameters_.has_external_pid; }

 private:
  struct Entry {
    bool tlb1 = false;
    std::uint32_t set = 0, slot = 0;
    bool valid = false, iprot = false, ts = false, tgs = false, vf = false;
    std::uint32_t tid = 0, tlpid = 0;
    std::uint64_t epn = 0, rpn = 0, bytes = 4096;
    std::uint32_t permissions = 0, wimge = 0;
  };
  struct Context {
    bool as = false, pr = false, gs = false;
    std::uint32_t lpid = 0;
    std::vector<std::uint32_t> pids;
  };

  Entry entry_of(const MasWords& mas) const;
  Entry& at(bool tlb1, std::uint32_t set, std::uint32_t slot);
  Context context_of(const Access& access) const;
  static bool covers(const Entry& entry, std::uint32_t ea);
  static bool matches(const Entry& entry, std::uint32_t ea, const Context& context);

  Parameters parameters_;
  std::vector<Entry> entries_;
  std::array<std::uint32_t, 3> pid_{};
  std::uint32_t lpidr_ = 0, eplc_ = 0, epsc_ = 0, mas5_ = 0, mas6_ = 0;
};

}  // namespace tessera::mmu
