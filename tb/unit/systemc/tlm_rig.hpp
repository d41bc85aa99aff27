#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <tlm_utils/simple_initiator_socket.h>
#include <tlm_utils/simple_target_socket.h>

#include "model/mmu/engine.hpp"
#include "model/systemc/mmu_extension.hpp"
#include "model/systemc/own_simulation.hpp"
#include "model/systemc/tlm_mmu.hpp"

/// What tests of TLM modules stand on.
namespace tessera::systemc {

inline constexpr std::uint32_t kEa = 0x10000000;  ///< of the first page
inline constexpr std::uint32_t kRa = 0x00200000;  ///< of memory
inline constexpr std::uint32_t kAll = 0x3F;       ///< MAS3: UX SX UW SW UR SR
inline constexpr std::uint32_t kValid = 0x80000000;
inline constexpr std::uint32_t k4K = 0x100;  ///< MAS1[TSIZE]

inline sc_core::sc_time nanoseconds(double number) { return {number, sc_core::SC_NS}; }

/// A simulation of its own, current as long as it lives; a base class, so that it is there first.
struct SimulationScope {
  OwnSimulation simulation;
  OwnSimulation::Entered entered{simulation};

  /// Elaborates, and runs what runs at time 0; that it may be nothing needs no warning.
  static void elaborate() {
    sc_core::sc_report_handler::set_actions(sc_core::SC_ID_NO_SC_START_ACTIVITY_,
                                            sc_core::SC_DO_NOTHING);
    sc_core::sc_start(sc_core::SC_ZERO_TIME);
  }
};

/// An initiator that does what the test says, outside of any process: targets must not wait.
class TestInitiator : public sc_core::sc_module {
 public:
  tlm_utils::simple_initiator_socket<TestInitiator> socket{"socket"};
  tlm::tlm_generic_payload payload;
  MmuExtension extension;
  sc_core::sc_time delay;
  std::vector<std::pair<std::uint64_t, std::uint64_t>> invalidated;
  std::function<void()> on_invalidation = [] {};

  explicit TestInitiator(const sc_core::sc_module_name& name) : sc_module(name) {
    socket.register_invalidate_direct_mem_ptr(this, &TestInitiator::invalidate);
  }
  ~TestInitiator() override { payload.clear_extension<MmuExtension>(); }

  /// A correct transaction without extension, of one byte if no data is given.
  void prepare(tlm::tlm_command command, std::uint64_t address, unsigned char* data = nullptr,
               unsigned length = 1) {
    payload.clear_extension<MmuExtension>();
    payload.set_command(command);
    payload.set_address(address);
    payload.set_data_ptr(data != nullptr ? data : &byte_);
    payload.set_data_length(length);
    payload.set_streaming_width(length);
    payload.set_byte_enable_ptr(nullptr);
    payload.set_byte_enable_length(0);
    payload.set_dmi_allowed(false);
    payload.set_response_status(tlm::TLM_INCOMPLETE_RESPONSE);
  }

  /// The same from an access, with its context.
  void prepare(const mmu::Access& access) {
    const bool store = access.kind == mmu::AccessKind::Store;
    prepare(store ? tlm::TLM_WRITE_COMMAND : tlm::TLM_READ_COMMAND, access.ea.value());
    extension.context = {access.as, access.pr, access.gs, access.external_pid,
                         access.kind == mmu::AccessKind::Fetch};
    payload.set_extension(&extension);
  }

  /// What was prepared, at `delay`.
  tlm::tlm_response_status send() {
    socket->b_transport(payload, delay);
    return payload.get_response_status();
  }

 private:
  void invalidate(sc_dt::uint64 first, sc_dt::uint64 last) {
    invalidated.emplace_back(first, last);
    on_invalidation();
  }

  unsigned char byte_ = 0;
};

/// A target that answers everything at once and remembers the address.
class TestTarget : public sc_core::sc_module {
 public:
  tlm_utils::simple_target_socket<TestTarget> socket{"socket"};
  std::uint64_t address = 0;
  std::uint64_t transactions = 0;

  explicit TestTarget(const sc_core::sc_module_name& name) : sc_module(name) {
    socket.register_b_transport(this, &TestTarget::b_transport);
  }

 private:
  void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& /*delay*/) {
    address = payload.get_address();
    ++transactions;
    payload.set_response_status(tlm::TLM_OK_RESPONSE);
  }
};

/// Initiator, MMU and any target, elaborated.
template <class Target>
struct MmuRig : SimulationScope {
  template <class... TargetArguments>
  MmuRig(const mmu::Parameters& parameters, const mmu::Timing& timing,
         const sc_core::sc_time& period, TargetArguments... arguments)
      : core("core"), mmu("mmu", parameters, timing, period), target("target", arguments...) {
    core.socket.bind(mmu.target_socket);
    mmu.initiator_socket.bind(target.socket);
    elaborate();
  }

  /// Executes at the core's local time.
  mmu::Completion execute(const mmu::Instruction& instruction) {
    return mmu.execute(instruction, core.delay);
  }
  void write(mmu::Spr spr, std::uint32_t value) {
    execute({mmu::Opcode::Mtspr, value, 0, spr, false, false, false});
  }
  /// Writes an entry: TLB1 if `tlb1`, else TLB0; MAS1 to MAS3.
  void map(bool tlb1, unsigned slot, std::uint32_t mas1, std::uint32_t mas2, std::uint32_t mas3) {
    write(mmu::Spr::Mas0, (tlb1 ? 0x10000000U : 0) | slot << 16);
    write(mmu::Spr::Mas1, mas1);
    write(mmu::Spr::Mas2, mas2);
    write(mmu::Spr::Mas3, mas3);
    execute({mmu::Opcode::Tlbwe, 0, 0, mmu::Spr::Pid0, false, false, false});
  }

  TestInitiator core;
  TlmMmu mmu;
  Target target;
};

}  // namespace tessera::systemc
