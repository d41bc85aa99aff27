#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include <tlm_utils/simple_initiator_socket.h>
#include <tlm_utils/simple_target_socket.h>

#include "model/mmu/engine.hpp"
#include "model/mmu/parameters.hpp"
#include "model/mmu/probe.hpp"
#include "model/mmu/timing.hpp"
#include "model/mmu/transaction_engine.hpp"
#include "model/systemc/dmi_grants.hpp"
#include "model/systemc/engine_clock.hpp"
#include "model/systemc/mmu_extension.hpp"
#include "model/systemc/tlm_walk_memory.hpp"

namespace tessera::systemc {

/// What becomes of an access that ended in an exception.
enum class Resolution : std::uint8_t {
  Fail,   ///< the transaction gets its error response
  Retry,  ///< the access is made once more: the cause is gone
};

/// A platform's exception handler, called within b_transport in the initiator's process: `delay` is
/// the local time of that process, to which the handler adds its own. It may call TlmMmu::execute.
using ExceptionHandler = std::function<Resolution(
    const mmu::Access& access, const mmu::Translation& exception, sc_core::sc_time& delay)>;

/// The MMU, loosely timed: effective addresses come in, real addresses go out (docs/tlm.md). The
/// transaction engine behind it decides what happens and how many cycles it takes. A hardware
/// walker reads its PTEs through initiator_socket. Accesses, instructions and snoops come one at a
/// time: one that comes while the memory waits in a walker's load is an SC_ERROR and does nothing.
class TlmMmu : public sc_core::sc_module {
 public:
  /// From the core: effective addresses. With MmuExtension, or without.
  tlm_utils::simple_target_socket<TlmMmu> target_socket{"target_socket"};
  /// To memory: real addresses. The transaction is the same object; a walker's loads are the MMU's
  /// own.
  tlm_utils::simple_initiator_socket<TlmMmu> initiator_socket{"initiator_socket"};

  /// In reset state. Throws std::invalid_argument: the text of mmu::validation_error, or that the
  /// period of the core's clock is 0.
  TlmMmu(const sc_core::sc_module_name& name, const mmu::Parameters& parameters,
         const mmu::Timing& timing, const sc_core::sc_time& clock_period);

  /// The context of transactions without an MmuExtension; at first all false: supervisor data.
  void set_default_context(const AccessContext& context) { default_context_ = context; }

  /// Who is asked about exceptions; nobody at first. A handler that asks for more than
  /// kMostRetries retries of one access is an SC_ERROR.
  void set_exception_handler(ExceptionHandler handler) { handler_ = std::move(handler); }
  /// Retries of one access after which an exception handler is taken to be wrong.
  static constexpr unsigned kMostRetries = 64;

  /// Executes an MMU instruction at sc_time_stamp() + delay, adds its cycles to `delay`, and takes
  /// back the DMI pointers that it touches. To be called from no DMI callback. What is an SC_ERROR
  /// returns Trap::MachineCheck.
  mmu::Completion execute(const mmu::Instruction& instruction, sc_core::sc_time& delay);

  /// Another core's tlbivax, with operand and LPID as that core broadcast them; takes no time.
  void snoop(std::uint32_t operand, std::uint32_t lpid);

  /// What is behind it: state, counters, time.
  const mmu::TransactionEngine& engine() const { return engine_; }

 private:
  // tlm_mmu.cpp
  void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay);
  tlm::tlm_response_status read(const tlm::tlm_generic_payload& payload, mmu::Access& access) const;
  /// Do all bytes of the transaction lie in one page?
  bool fits(const tlm::tlm_generic_payload& payload, const mmu::Access& access) const {
    const std::uint64_t bytes = std::min(payload.get_data_length(), payload.get_streaming_width());
    return offset_in_page(access.ea).value() + bytes <= kPageBytes.value() ||
           fits_large_page(access, bytes);
  }
  bool fits_large_page(const mmu::Access& access, std::uint64_t bytes) const;
  mmu::Translation translate(const mmu::Access& access, sc_core::sc_time& delay);
  mmu::Translation translate_after(const mmu::Access& access, mmu::Translation exception,
                                   sc_core::sc_time& delay);
  template <class Call>
  auto timed(sc_core::sc_time& delay, Call call);
  /// False, and an SC_ERROR, while a walker's load waits.
  bool is_free() const { return !walk_memory_.busy() || complain_of_waiting(); }
  bool complain_of_waiting() const;

  // tlm_mmu_direct.cpp
  unsigned transport_dbg(tlm::tlm_generic_payload& payload);
  unsigned debug_page(tlm::tlm_generic_payload& payload, const mmu::Access& access);
  std::optional<RealAddress> debug_walk(const mmu::Probe& probe, EffectiveAddress ea);
  bool get_direct_mem_ptr(tlm::tlm_generic_payload& payload, tlm::tlm_dmi& dmi);
  tlm::tlm_dmi::dmi_access_e permitted(const mmu::Access& access, const mmu::Probe& probe) const;
  bool grant(const mmu::Access& access, const mmu::Probe& probe, Bytes block, tlm::tlm_dmi& dmi);
  void invalidate_direct_mem_ptr(sc_dt::uint64 first, sc_dt::uint64 last);
  void take_back(const std::vector<AddressRange>& ranges);

  mmu::Parameters parameters_;
  EngineClock clock_;
  TlmWalkMemory walk_memory_;
  mmu::TransactionEngine engine_;
  sc_core::sc_time hit_time_;  ///< of an L1 hit: what an access by DMI costs
  AccessContext default_context_;
  ExceptionHandler handler_;
  DmiGrants grants_;
};

}  // namespace tessera::systemc
