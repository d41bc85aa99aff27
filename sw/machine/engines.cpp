#include "sw/machine/engines.hpp"

#include "model/mmu/transaction_engine.hpp"
#include "model/rtl/rtl_engine.hpp"
#include "model/rtl/rtl_waves.hpp"
#include "model/systemc/systemc_device.hpp"

namespace tessera::machine {
namespace {

using mmu::Parameters;
using mmu::Timing;
using mmu::WalkMemory;

std::unique_ptr<mmu::MmuEngine> make_transaction(const Parameters& p, const Timing& t,
                                                 WalkMemory* memory) {
  return std::make_unique<mmu::TransactionEngine>(p, t, memory);
}

std::unique_ptr<mmu::MmuEngine> make_systemc(const Parameters& p, const Timing& t,
                                             WalkMemory* memory) {
  return systemc::make_systemc_engine(p, t, memory);
}

std::unique_ptr<mmu::MmuEngine> make_rtl(const Parameters& p, const Timing& t, WalkMemory* memory) {
  return rtl::make_rtl_engine(p, t, memory);
}

Recording record_systemc(const wave::Wave& wave) {
  const auto file = std::make_shared<wave::VcdWave>(wave);
  return {file, [file](const Parameters& p, const Timing& t, WalkMemory* memory) {
            return systemc::make_systemc_engine(p, t, memory, file);
          }};
}

Recording record_rtl(const wave::Wave& wave) {
  const auto file = std::make_shared<rtl::FstWave>(wave);
  return {file, [file](const Parameters& p, const Timing& t, WalkMemory* memory) {
            return rtl::make_rtl_engine(p, t, memory, file);
          }};
}

}  // namespace

const std::vector<EngineDescription>& engines() {
  static const std::vector<EngineDescription> all_engines{
      {"transaction", "completion cycles computed", &make_transaction, "", nullptr},
      {"systemc", "the clocked model in its SystemC module", &make_systemc, ".vcd",
       &record_systemc},
      {"rtl", "the SystemVerilog, through Verilator", &make_rtl, ".fst", &record_rtl}};
  return all_engines;
}

}  // namespace tessera::machine
