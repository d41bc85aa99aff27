#include "sw/machine/engines.hpp"

#include "model/mmu/transaction_engine.hpp"
#include "model/rtl/rtl_engine.hpp"
#include "model/systemc/systemc_device.hpp"

namespace tessera::machine {
namespace {

template <class Engine>
std::unique_ptr<mmu::MmuEngine> make(const mmu::Parameters& parameters, const mmu::Timing& timing) {
  return std::make_unique<Engine>(parameters, timing);
}

}  // namespace

const std::vector<EngineDescription>& engines() {
  static const std::vector<EngineDescription> all_engines{
      {"transaction", "completion cycles computed", &make<mmu::TransactionEngine>},
      {"systemc", "the clocked model in its SystemC module", &systemc::make_systemc_engine},
      {"rtl", "the SystemVerilog, through Verilator", &rtl::make_rtl_engine}};
  return all_engines;
}

}  // namespace tessera::machine
