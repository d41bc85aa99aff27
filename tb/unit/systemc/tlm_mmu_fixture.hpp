#pragma once

#include <array>

#include <gtest/gtest.h>

#include "model/mmu/core.hpp"
#include "model/systemc/tlm_memory.hpp"
#include "tb/unit/systemc/tlm_rig.hpp"

namespace tessera::systemc {

/// e500mc at 1 GHz, and 1 MB at 2 MB with 10 ns.
class TlmMmuTest : public testing::Test {
 protected:
  void map_first_page(std::uint32_t permissions = kAll) {
    rig.map(false, 0, kValid | k4K, kEa, kRa | permissions);
    rig.core.delay = sc_core::SC_ZERO_TIME;
  }
  tlm::tlm_response_status load(std::uint64_t ea, unsigned length = 4) {
    rig.core.prepare(tlm::TLM_READ_COMMAND, ea, data.data(), length);
    return rig.core.send();
  }
  tlm::tlm_response_status store(std::uint64_t ea, unsigned length = 4) {
    rig.core.prepare(tlm::TLM_WRITE_COMMAND, ea, data.data(), length);
    return rig.core.send();
  }
  tlm::tlm_response_status load_in(const AccessContext& context) {
    rig.core.prepare(tlm::TLM_READ_COMMAND, kEa, data.data(), 4);
    rig.core.extension.context = context;
    rig.core.payload.set_extension(&rig.core.extension);
    return rig.core.send();
  }
  unsigned debug(tlm::tlm_command command, std::uint64_t ea, unsigned length) {
    rig.core.prepare(command, ea, data.data(), length);
    return rig.core.socket->transport_dbg(rig.core.payload);
  }
  unsigned char& memory(std::uint32_t offset) { return rig.target.bytes().at(offset); }

  std::array<unsigned char, 0x5000> data{};
  const mmu::Core& e500mc = *mmu::find_core("e500mc");
  MmuRig<TlmMemory> rig{e500mc.parameters, e500mc.timing,   nanoseconds(1),
                        RealAddress(kRa),  Bytes(1U << 20), nanoseconds(10)};
};

}  // namespace tessera::systemc
