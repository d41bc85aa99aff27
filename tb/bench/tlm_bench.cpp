// What a translation costs the host behind TLM-2.0 sockets. The benchmarks run in an SC_THREAD, as
// an initiator does.

#include <array>
#include <cstdint>
#include <vector>

#include <benchmark/benchmark.h>
#include <tlm_utils/simple_initiator_socket.h>
#include <tlm_utils/simple_target_socket.h>
#include <tlm_utils/tlm_quantumkeeper.h>

#include "model/mmu/core.hpp"
#include "model/systemc/tlm_memory.hpp"
#include "model/systemc/tlm_mmu.hpp"
#include "tb/bench/streams.hpp"

namespace tessera::systemc {
namespace {

constexpr std::uint32_t kPages = 64;  // an L1 TLB's 4K array
constexpr std::size_t kStack = 1U << 20;

sc_core::sc_time cycle() { return {1, sc_core::SC_NS}; }

/// The least a target can do.
class Responder : public sc_core::sc_module {
 public:
  tlm_utils::simple_target_socket<Responder> socket{"socket"};
  explicit Responder(const sc_core::sc_module_name& name) : sc_module(name) {
    socket.register_b_transport(this, &Responder::b_transport);
  }

 private:
  void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& /*delay*/) {
    payload.set_response_status(tlm::TLM_OK_RESPONSE);
  }
};

/// An initiator whose thread runs the benchmarks.
class Driver : public sc_core::sc_module {
 public:
  tlm_utils::simple_initiator_socket<Driver> to_memory{"to_memory"};
  tlm_utils::simple_initiator_socket<Driver> to_responder{"to_responder"};

  Driver(const sc_core::sc_module_name& name, TlmMmu& before_memory, TlmMmu& before_responder)
      : sc_module(name), mmus_{&before_memory, &before_responder} {
    SC_HAS_PROCESS(Driver);
    SC_THREAD(run);
    set_stack_size(kStack);
    for (TlmMmu* mmu : mmus_) {
      for (std::uint32_t page = 0; page < kPages; ++page) map(*mmu, page);
    }
  }

  /// A stream of loads of a word, L1 hits after the first round.
  template <class Socket>
  void load(Socket& socket, benchmark::State& state, const TlmMmu& mmu) {
    const std::vector<std::uint32_t> addresses = bench::uniform_stream(kPages);
    std::array<unsigned char, 4> data{};
    tlm::tlm_generic_payload payload;
    payload.set_data_ptr(data.data());
    payload.set_data_length(4);
    payload.set_streaming_width(4);
    payload.set_command(tlm::TLM_READ_COMMAND);
    sc_core::sc_time delay;
    std::uint64_t errors = 0;
    for (auto _ : state) {
      for (const std::uint32_t ea : addresses) {
        payload.set_address(ea);
        payload.set_response_status(tlm::TLM_INCOMPLETE_RESPONSE);
        payload.set_dmi_allowed(false);
        socket->b_transport(payload, delay);
        errors += payload.is_response_error() ? 1 : 0;
      }
    }
    if (errors != 0) state.SkipWithError("error responses");
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(bench::kStreamLength));
    const mmu::MmuCounters& counters = mmu.engine().counters();
    state.counters["l1_rate"] =
        static_cast<double>(counters.l1_hits) / static_cast<double>(counters.translations());
  }

 private:
  static void write(TlmMmu& mmu, mmu::Spr spr, std::uint32_t value) {
    sc_core::sc_time none;
    mmu.execute({mmu::Opcode::Mtspr, value, 0, spr, false, false, false}, none);
  }
  static void map(TlmMmu& mmu, std::uint32_t page) {
    sc_core::sc_time none;
    write(mmu, mmu::Spr::Mas1, 0x80000100);
    write(mmu, mmu::Spr::Mas2, bench::kFirstEa + (page << 12));
    write(mmu, mmu::Spr::Mas3, page << 12 | 0x3F);
    mmu.execute({mmu::Opcode::Tlbwe}, none);
  }
  void run() {
    benchmark::RegisterBenchmark("b_transport_l1_hits", [this](benchmark::State& state) {
      load(to_responder, state, *mmus_[1]);
    });
    benchmark::RegisterBenchmark("b_transport_l1_hits_and_memory", [this](benchmark::State& state) {
      load(to_memory, state, *mmus_[0]);
    });
    benchmark::RunSpecifiedBenchmarks();
  }

  std::array<TlmMmu*, 2> mmus_;
};

}  // namespace
}  // namespace tessera::systemc

int sc_main(int argc, char* argv[]) {  // NOLINT(modernize-avoid-c-arrays)
  using namespace tessera;             // NOLINT(google-build-using-namespace)
  using namespace tessera::systemc;    // NOLINT(google-build-using-namespace)
  benchmark::Initialize(&argc, argv);
  const mmu::Core& core = *mmu::find_core("e500mc");
  TlmMmu first("first", core.parameters, core.timing, cycle());
  TlmMmu second("second", core.parameters, core.timing, cycle());
  TlmMemory memory("memory", RealAddress(0), Bytes(kPages << 12), sc_core::SC_ZERO_TIME);
  Responder responder("responder");
  Driver driver("driver", first, second);
  driver.to_memory.bind(first.target_socket);
  driver.to_responder.bind(second.target_socket);
  first.initiator_socket.bind(memory.socket);
  second.initiator_socket.bind(responder.socket);
  sc_core::sc_start();
  return 0;
}
