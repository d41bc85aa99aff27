#pragma once

#include <cstdint>
#include <random>
#include <vector>

#include <tlm_utils/simple_initiator_socket.h>
#include <tlm_utils/tlm_quantumkeeper.h>

#include "model/systemc/mmu_extension.hpp"
#include "model/types/units.hpp"

namespace tessera::systemc {

/// What a TrafficGenerator does.
struct Traffic {
  std::uint64_t transactions = 1000;  ///< how many loads and stores
  EffectiveAddress first{0};          ///< of the addresses it uses; a multiple of 8
  Bytes length{
      kPageBytes};  ///< of these addresses, a multiple of 8; each must be a byte of its own
  unsigned store_percent = 30;  ///< of the transactions; the others load
  bool use_dmi = false;         ///< asks for a pointer where a target offers one
  bool use_context = false;     ///< transactions carry `context`; without, none
  AccessContext context;        ///< what transactions carry with use_context
  unsigned seed = 1;            ///< of the random choices
};

/// What it met.
struct TrafficResult {
  std::uint64_t transactions = 0;       ///< by b_transport, and by DMI
  std::uint64_t errors = 0;             ///< error responses
  std::uint64_t dmi_accesses = 0;       ///< accesses through a DMI pointer
  std::uint64_t dmi_grants = 0;         ///< pointers granted
  std::uint64_t dmi_invalidations = 0;  ///< calls of invalidate_direct_mem_ptr
  std::uint64_t wrong_bytes = 0;        ///< loaded, and not what was stored there before
};

/// An initiator: random loads and stores of 1, 2, 4 or 8 bytes, aligned, in one SC_THREAD that is
/// temporally decoupled by the global quantum (tlm_utils::tlm_quantumkeeper). It remembers every
/// byte that it has loaded or stored, so nobody else may write there. The same traffic is the same
/// stream.
class TrafficGenerator : public sc_core::sc_module {
 public:
  /// Transactions leave here.
  tlm_utils::simple_initiator_socket<TrafficGenerator> socket{"socket"};

  /// Runs when the simulation does.
  TrafficGenerator(const sc_core::sc_module_name& name, const Traffic& traffic);

  /// So far; final when the thread has ended.
  const TrafficResult& result() const { return result_; }

  /// SystemC time at which the last transaction was over; meaningful when the thread has ended.
  const sc_core::sc_time& end() const { return end_; }

 private:
  void run();
  void access();
  bool by_dmi(sc_core::sc_time& delay);
  void ask_for_dmi();
  void remember_load();
  void remember_store();
  void invalidate_direct_mem_ptr(sc_dt::uint64 first, sc_dt::uint64 last);
  unsigned pick(std::uint64_t below) { return static_cast<unsigned>(random_() % below); }

  Traffic traffic_;
  TrafficResult result_;
  std::mt19937_64 random_;
  std::vector<std::int16_t> known_;  ///< -1: not known
  std::vector<tlm::tlm_dmi> pointers_;
  tlm::tlm_generic_payload payload_;
  unsigned char data_[8] = {};  // NOLINT(modernize-avoid-c-arrays)
  MmuExtension extension_;
  tlm_utils::tlm_quantumkeeper time_;
  sc_core::sc_time end_;
};

}  // namespace tessera::systemc
