// Cycles a second of what has pins: the clocked model, the RTL, and the SystemC modules.

#include <cstdint>
#include <vector>

#include <benchmark/benchmark.h>

#include "model/clocked/clocked_mmu.hpp"
#include "model/mmu/core.hpp"
#include "model/rtl/rtl_engine.hpp"
#include "model/systemc/systemc_device.hpp"
#include "tb/lockstep/stimulus.hpp"

namespace tessera::clocked {
namespace {

constexpr std::size_t kCycles = 1U << 14;

using Stream = std::vector<InputPins>;

const mmu::Core& core() { return *mmu::find_core("e500mc"); }

ClockedMmu& clocked_device() {
  static ClockedMmu device(core().parameters, core().timing);
  return device;
}

/// The SystemC module with the ports of a style.
template <systemc::PortStyle kStyle>
systemc::SystemcDevice& systemc_device() {
  static systemc::SystemcDevice device(core().parameters, core().timing, kStyle);
  return device;
}

/// The RTL, without waves.
PinDevice& rtl_device() {
  static const auto device = rtl::make_rtl_device(core().parameters, core().timing);
  return *device;
}

InputPins reset() {
  InputPins in;
  in.rst_n = false;
  return in;
}

/// Reset, and then nothing.
Stream idle() {
  Stream stream(kCycles);
  stream.front() = reset();
  return stream;
}

/// Both ports hit L1 in the boot page, every cycle.
Stream hits() {
  InputPins in;
  in.i_req_valid = in.d_req_valid = true;
  in.i_req_ea = in.d_req_ea = 0xFFFFF000;
  Stream stream(kCycles, in);
  stream.front() = reset();
  return stream;
}

/// What the lock step runs: every kind of request, instruction and snoop, and some resets.
Stream random() {
  lockstep::Stimulus stimulus(core().parameters, 1);
  ClockedMmu device(core().parameters, core().timing);
  Stream stream(kCycles);
  OutputPins now;
  for (InputPins& in : stream) {
    in = stimulus.next(now);
    now = device.step(in);
  }
  return stream;
}

void cycles(benchmark::State& state, PinDevice& device, const Stream& stream) {
  std::uint64_t sum = 0;
  for (auto _ : state) {
    for (const InputPins& in : stream) sum += device.step(in).perf_event;
  }
  benchmark::DoNotOptimize(sum);
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(stream.size()));
}

void clocked_idle(benchmark::State& state) { cycles(state, clocked_device(), idle()); }
void clocked_hits(benchmark::State& state) { cycles(state, clocked_device(), hits()); }
void clocked_random(benchmark::State& state) { cycles(state, clocked_device(), random()); }
void rtl_idle(benchmark::State& state) { cycles(state, rtl_device(), idle()); }
void rtl_hits(benchmark::State& state) { cycles(state, rtl_device(), hits()); }
void rtl_random(benchmark::State& state) { cycles(state, rtl_device(), random()); }

template <systemc::PortStyle kStyle>
void systemc_idle(benchmark::State& state) {
  cycles(state, systemc_device<kStyle>(), idle());
}
template <systemc::PortStyle kStyle>
void systemc_hits(benchmark::State& state) {
  cycles(state, systemc_device<kStyle>(), hits());
}
template <systemc::PortStyle kStyle>
void systemc_random(benchmark::State& state) {
  cycles(state, systemc_device<kStyle>(), random());
}
BENCHMARK(clocked_idle);
BENCHMARK(clocked_hits);
BENCHMARK(clocked_random);
BENCHMARK(rtl_idle);
BENCHMARK(rtl_hits);
BENCHMARK(rtl_random);
BENCHMARK(systemc_idle<systemc::PortStyle::Pins>);
BENCHMARK(systemc_hits<systemc::PortStyle::Pins>);
BENCHMARK(systemc_random<systemc::PortStyle::Pins>);
BENCHMARK(systemc_idle<systemc::PortStyle::Channels>);
BENCHMARK(systemc_hits<systemc::PortStyle::Channels>);
BENCHMARK(systemc_random<systemc::PortStyle::Channels>);

}  // namespace
}  // namespace tessera::clocked

BENCHMARK_MAIN();
