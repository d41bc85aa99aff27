#include "sw/machine/engines.hpp"

#include "model/mmu/transaction_engine.hpp"
#include "model/rtl/rtl_engine.hpp"

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
      {"rtl", "the SystemVerilog, through Verilator", &rtl::make_rtl_engine}};
  return all_engines;
}

}  // namespace tessera::machine
