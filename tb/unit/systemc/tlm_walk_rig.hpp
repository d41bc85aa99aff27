#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <vector>

#include "model/mmu/core.hpp"
#include "model/systemc/tlm_rule_checker.hpp"
#include "tb/unit/systemc/tlm_rig.hpp"

namespace tessera::systemc {

/// A memory of a few bytes, and nothing elsewhere, that remembers what a walker asked.
class FewBytes : public sc_core::sc_module {
 public:
  struct Asked {
    std::uint64_t time;  ///< sc_time_stamp() + delay, in units of the time resolution
    std::uint64_t address;
    unsigned length;
    bool operator==(const Asked&) const = default;
  };

  tlm_utils::simple_target_socket<FewBytes> socket{"socket"};
  std::map<std::uint64_t, unsigned char> bytes;
  std::vector<Asked> asked;
  sc_core::sc_time latency = nanoseconds(3);  ///< of a load
  tlm::tlm_response_status response = tlm::TLM_OK_RESPONSE;
  bool waits = false;  ///< until a load is answered: in an SC_THREAD only
  std::function<void()> on_load = [] {};

  explicit FewBytes(const sc_core::sc_module_name& name) : sc_module(name) {
    socket.register_b_transport(this, &FewBytes::b_transport);
    socket.register_transport_dbg(this, &FewBytes::transport_dbg);
    socket.register_get_direct_mem_ptr(this, &FewBytes::get_direct_mem_ptr);
  }

  /// The big-endian value of `length` bytes.
  void put(std::uint64_t address, std::uint64_t value, unsigned length) {
    for (unsigned i = 0; i < length; ++i) {
      bytes[address + i] = static_cast<unsigned char>(value >> (8 * (length - 1 - i)));
    }
  }

 private:
  /// Single bytes are accesses of the core.
  void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay) {
    payload.set_response_status(tlm::TLM_OK_RESPONSE);
    if (payload.get_data_length() == 1) return;
    const auto time = sc_core::sc_time_stamp() + delay;
    asked.push_back({time.value(), payload.get_address(), payload.get_data_length()});
    on_load();
    delay += latency;
    if (waits) {
      sc_core::wait(delay);
      delay = sc_core::SC_ZERO_TIME;
    }
    const bool there = transport_dbg(payload) == payload.get_data_length();
    payload.set_response_status(there ? response : tlm::TLM_ADDRESS_ERROR_RESPONSE);
  }
  unsigned transport_dbg(tlm::tlm_generic_payload& payload) {
    for (unsigned i = 0; i < payload.get_data_length(); ++i) {
      const auto byte = bytes.find(payload.get_address() + i);
      if (byte == bytes.end()) return i;
      payload.get_data_ptr()[i] = byte->second;
    }
    return payload.get_data_length();
  }
  bool get_direct_mem_ptr(tlm::tlm_generic_payload& /*payload*/, tlm::tlm_dmi& dmi) {
    dmi.set_dmi_ptr(&everything_);
    dmi.allow_read_write();
    return true;
  }

  unsigned char everything_ = 0;
};

inline constexpr std::uint32_t kTable = 0x00400000;  ///< RA of the table of an indirect entry
/// fsl64 (e500mc-mmu.md 5.2): 4 KB, everything permitted, at frame 0.
inline constexpr std::uint64_t kPte64 = 0x2412FD;

inline constexpr std::uint64_t pte64(std::uint32_t ra) {
  return std::uint64_t{ra >> 12} << 24 | kPte64;
}

/// Initiator, MMU with a walker, rule checker, FewBytes; 1 GHz, default timing.
struct WalkRig : SimulationScope {
  /// Elaborated, unless more modules are to come.
  explicit WalkRig(mmu::HardwareWalker walker, bool complete = true)
      : mmu("mmu", with(walker), {}, nanoseconds(1)) {
    core.socket.bind(mmu.target_socket);
    mmu.initiator_socket.bind(checker.target_socket);
    checker.initiator_socket.bind(memory.socket);
    if (complete) elaborate();
  }

  static mmu::Parameters with(mmu::HardwareWalker walker) {
    mmu::Parameters parameters = mmu::find_core("e6500-walker")->parameters;
    parameters.hardware_walker = walker;
    return parameters;
  }

  void write(mmu::Spr spr, std::uint32_t value) {
    mmu.execute({mmu::Opcode::Mtspr, value, 0, spr}, core.delay);
  }
  /// tlbwe of an indirect entry for the 2 MB of `ea` at index 3 of TLB1; its table is at kTable.
  void map_indirect(std::uint32_t ea, std::uint32_t spsize = 2) {
    write(mmu::Spr::Mas0, 0x10030000);
    write(mmu::Spr::Mas1, kValid | 0x2000 | 11 << 7);
    write(mmu::Spr::Mas2, ea);
    write(mmu::Spr::Mas3, kTable | spsize << 1);
    mmu.execute({mmu::Opcode::Tlbwe}, core.delay);
  }
  /// PTE number `page` of the indirect entry.
  void map_page(std::uint32_t page, std::uint64_t pte) { memory.put(kTable + 8 * page, pte, 8); }

  /// Of one byte, at time 0.
  tlm::tlm_response_status load(std::uint32_t ea) {
    core.prepare(tlm::TLM_READ_COMMAND, ea);
    core.delay = sc_core::SC_ZERO_TIME;
    return core.send();
  }
  bool ask(std::uint32_t ea) {
    tlm::tlm_dmi dmi;
    core.prepare(tlm::TLM_READ_COMMAND, ea);
    return core.socket->get_direct_mem_ptr(core.payload, dmi);
  }
  /// Debug transport of 4 bytes, to or from `data`.
  unsigned debug(tlm::tlm_command command, std::uint32_t ea) {
    core.prepare(command, ea, data.data(), 4);
    return core.socket->transport_dbg(core.payload);
  }
  const mmu::MmuCounters& counters() const { return mmu.engine().counters(); }

  TestInitiator core{"core"};
  TlmMmu mmu;
  TlmRuleChecker checker{"checker"};
  FewBytes memory{"memory"};
  std::array<unsigned char, 4> data{};
};

}  // namespace tessera::systemc
