#pragma once

#include <array>
#include <cstdint>
#include <tlm>

#include "model/mmu/timing.hpp"
#include "model/mmu/walk_memory.hpp"
#include "model/systemc/engine_clock.hpp"

namespace tessera::systemc {

/// The data of a load, in the order of addresses; of 4 bytes the first 4.
using WalkBytes = std::array<unsigned char, 8>;

/// A hardware walker's loads as transactions of an initiator socket (docs/tlm.md): TLM_READ_COMMAND
/// of 4 or 8 bytes, most significant byte first. What the memory adds to the delay, or waits, is
/// the latency, in whole cycles begun, at least 1. Any response but TLM_OK_RESPONSE is an error.
class TlmWalkMemory final : public mmu::WalkMemory {
 public:
  /// What the loads leave through.
  using Socket = tlm::tlm_initiator_socket<>;

  /// Socket and clock outlive it.
  TlmWalkMemory(Socket& socket, const EngineClock& clock, const mmu::Timing& timing);

  /// An access is accepted at `time`, in units of the time resolution since the start of the
  /// simulation. Its first load is sent l2tlb_hit_penalty + 2 cycles later (docs/walkers.md W7),
  /// the next one cycle after the first has answered.
  void accept(std::uint64_t time) { request_ = time + lead_; }

  mmu::WalkLoad load(RealAddress ra, bool is_double) override;

  /// The same by debug transport: nothing happens, and it takes no time. The latency is 1.
  mmu::WalkLoad peek(RealAddress ra, bool is_double) const;

  /// A load has not returned yet.
  bool busy() const { return busy_; }

 private:
  Socket& socket_;
  const EngineClock& clock_;
  std::uint64_t lead_;         ///< from accepting an access to its first load, as all times here
  std::uint64_t request_ = 0;  ///< when the next load is sent
  bool busy_ = false;
  WalkBytes bytes_{};
  tlm::tlm_generic_payload payload_;
};

}  // namespace tessera::systemc
