#include "tb/golden/vm-kernel/dbwin_set.hpp"

#include <fmt/core.h>

#include "sw/workload/dbwin.hpp"

namespace tessera::golden {
namespace {

machine::MachineConfig qemu_machine(const DbwinSet& set) {
  machine::MachineConfig config;
  const mmu::Core* core = mmu::find_core("qemu");
  config.core = core->name;
  config.mmu = core->parameters;
  config.timing = core->timing;
  config.kernel = *vm::find_kernel(set.kernel);
  config.kernel.file_fault.fault_around = PageCount(1);  // the rows were recorded with it off
  config.format = pte::find_format(set.pte_bits);
  config.accounting.full = false;  // nothing of it was recorded
  return config;
}

workload::DbwinParameters parameters_of(const GoldenRow& row, machine::Method method) {
  workload::DbwinParameters p;
  p.file_pages = PageCount(row.number("F"));
  p.window_pages = PageCount(row.number("W"));
  p.element_pages = PageCount(row.number("elem"));
  p.remaps = row.number("N");
  p.seed = row.number("seed");
  p.touch = row.number("touch");
  p.remapped = method != machine::Method::None;
  return p;
}

}  // namespace

const std::vector<DbwinSet>& dbwin_sets() {
  static const std::vector<DbwinSet> sets{
      {.file = "ppc_3.8.13_pte32.csv", .kernel = "3.8", .pte_bits = 32, .first_own_faults = 2},
      {.file = "ppc_3.8.13_pte64.csv",
       .kernel = "3.8",
       .pte_bits = 64,
       .first_own_faults = 2,
       .instructions_tolerance = 0.05},
      {.file = "ppc_6.1_pte64_faultaround_off.csv",
       .kernel = "6.1",
       .pte_bits = 64,
       .stray_row = "W=4096 E=4 mmap_pop touch 1",
       .instructions_tolerance = 0.10},
  };
  return sets;
}

std::string name(const DbwinSet& set) {
  return fmt::format("Linux {}, {}-bit PTEs", set.kernel, set.pte_bits);
}

std::ostream& operator<<(std::ostream& out, const DbwinSet& set) { return out << name(set); }

machine::RunResult simulate(const DbwinSet& set, const GoldenRow& row) {
  const machine::Method method = machine::find_method(row.text("method")).value();
  workload::Dbwin workload(parameters_of(row, method));
  return machine::run(qemu_machine(set), method, workload,
                      [](std::uint64_t, std::uint64_t) { return true; });
}

}  // namespace tessera::golden
