#include <cstdint>
#include <vector>

#include <benchmark/benchmark.h>

#include "model/mmu/core.hpp"
#include "model/mmu/transaction_engine.hpp"
#include "tb/bench/streams.hpp"

namespace tessera::mmu {
namespace {

TransactionEngine make_engine() {
  const Core& core = *find_core("e500mc");
  return {core.parameters, core.timing};
}

void write(TransactionEngine& engine, Spr spr, std::uint32_t value) {
  Instruction instruction;
  instruction.opcode = Opcode::Mtspr;
  instruction.spr = spr;
  instruction.operand = value;
  engine.execute(instruction);
}

/// MAS3 that permits everything; the miss has prepared the rest.
void refill(TransactionEngine& engine, std::uint32_t ea) {
  write(engine, Spr::Mas3, (ea & 0xFFFFF000) | 0x3F);
  engine.execute({Opcode::Tlbwe});
}

Access load_of(std::uint32_t ea) {
  Access access;
  access.ea = EffectiveAddress(ea);
  return access;
}

/// Maps up to 512 pages, each set of TLB0 way by way. Round-robin hints would not do: one
/// counter for all sets puts pages 512 KB apart into the same way.
void prepare(TransactionEngine& engine, std::uint32_t pages) {
  write(engine, Spr::Mas4, 0x100);
  write(engine, Spr::Pid0, 5);
  for (std::uint32_t page = 0; page < pages && page < 512; ++page) {
    const std::uint32_t ea = bench::kFirstEa + (page << 12);
    engine.access(load_of(ea));
    write(engine, Spr::Mas0, (page / 128) << 16);
    refill(engine, ea);
    engine.access(load_of(ea));
  }
}

double rate(std::uint64_t part, const MmuCounters& counters) {
  return static_cast<double>(part) / static_cast<double>(counters.translations());
}

void random_hits(benchmark::State& state, std::uint32_t pages) {
  TransactionEngine engine = make_engine();
  prepare(engine, pages);
  const std::vector<std::uint32_t> addresses = bench::uniform_stream(pages);
  std::uint64_t sum = 0;
  for (auto _ : state) {
    for (const std::uint32_t ea : addresses) sum += engine.access(load_of(ea)).ra.value();
  }
  benchmark::DoNotOptimize(sum);
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(bench::kStreamLength));
  state.counters["l1_rate"] = rate(engine.counters().l1_hits, engine.counters());
  state.counters["l2_rate"] = rate(engine.counters().l2_hits, engine.counters());
}

void random_l1_hits(benchmark::State& state) { random_hits(state, 64); }
BENCHMARK(random_l1_hits);

// TLB0 holds all of 512 pages, an L1 TLB an eighth of them.
void random_l2_hits(benchmark::State& state) { random_hits(state, 512); }
BENCHMARK(random_l2_hits);

// Twice what TLB0 holds: every second page takes a TLB error, a bare refill (mtspr MAS3, tlbwe) and
// a retry. An item is an access that the engine answered, the retries included.
void random_1024_pages_with_refill(benchmark::State& state) {
  TransactionEngine engine = make_engine();
  prepare(engine, 1024);
  const std::vector<std::uint32_t> addresses = bench::uniform_stream(1024);
  std::uint64_t sum = 0;
  for (auto _ : state) {
    for (const std::uint32_t ea : addresses) {
      Translation response = engine.access(load_of(ea));
      if (response.outcome == Outcome::DataTlbError) {
        refill(engine, ea);
        response = engine.access(load_of(ea));
      }
      sum += response.ra.value();
    }
  }
  benchmark::DoNotOptimize(sum);
  state.SetItemsProcessed(static_cast<std::int64_t>(engine.counters().translations()));
  state.counters["pages_per_second"] = benchmark::Counter(
      static_cast<double>(state.iterations()) * static_cast<double>(bench::kStreamLength),
      benchmark::Counter::kIsRate);
  state.counters["errors"] = rate(engine.counters().dtlb_errors, engine.counters());
}
BENCHMARK(random_1024_pages_with_refill);

}  // namespace
}  // namespace tessera::mmu

BENCHMARK_MAIN();
