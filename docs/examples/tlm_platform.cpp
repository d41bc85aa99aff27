// A virtual platform: random traffic over 1 MB of effective addresses, an e500mc MMU, and 1 MB of
// memory. A handler of 10 lines refills the TLB, as an operating system would (docs/tlm.md).

#include <iostream>

#include "model/mmu/core.hpp"
#include "model/systemc/tlm_memory.hpp"
#include "model/systemc/tlm_mmu.hpp"
#include "model/systemc/traffic_generator.hpp"

using namespace tessera;  // NOLINT(google-build-using-namespace)

int sc_main(int /*argc*/, char* /*argv*/[]) {  // NOLINT(modernize-avoid-c-arrays)
  const sc_core::sc_time cycle(1, sc_core::SC_NS);
  tlm_utils::tlm_quantumkeeper::set_global_quantum(1000 * cycle);

  systemc::Traffic traffic;
  traffic.transactions = 100000;
  traffic.first = EffectiveAddress(0x10000000);
  traffic.length = Bytes(1 << 20);
  systemc::TrafficGenerator core("core", traffic);
  const mmu::Core& e500mc = *mmu::find_core("e500mc");
  systemc::TlmMmu mmu("mmu", e500mc.parameters, e500mc.timing, cycle);
  systemc::TlmMemory memory("memory", RealAddress(0x80000000), Bytes(1 << 20), 20 * cycle);
  core.socket.bind(mmu.target_socket);
  mmu.initiator_socket.bind(memory.socket);

  // EA 0x100xxxxx is RA 0x800xxxxx. The miss has filled in MAS0 to MAS2 but for the size (MAS4).
  sc_core::sc_time boot;
  mmu.execute({mmu::Opcode::Mtspr, 0x100, 0, mmu::Spr::Mas4}, boot);
  mmu.set_exception_handler(
      [&](const mmu::Access&, const mmu::Translation& exception, sc_core::sc_time& delay) {
        if (exception.outcome != mmu::Outcome::DataTlbError) return systemc::Resolution::Fail;
        const std::uint32_t frame = 0x80000000 | (exception.fault_ea.value() & 0x000FF000);
        mmu.execute({mmu::Opcode::Mtspr, frame | 0x3F, 0, mmu::Spr::Mas3}, delay);
        mmu.execute({mmu::Opcode::Tlbwe}, delay);
        return systemc::Resolution::Retry;
      });

  sc_core::sc_start();
  const mmu::MmuCounters& counters = mmu.engine().counters();
  std::cout << core.result().transactions << " transactions, " << core.result().errors
            << " errors, " << core.result().wrong_bytes << " wrong bytes, " << core.end() << '\n'
            << counters.l1_hits << " L1 hits, " << counters.l2_hits << " L2 hits, "
            << counters.dtlb_errors << " TLB errors\n";
  return core.result().errors + core.result().wrong_bytes == 0 ? 0 : 1;
}
