#include "tb/unit/machine/small_machine.hpp"

#include "sw/machine/walkers.hpp"
#include "sw/workload/dbwin.hpp"

namespace tessera::machine {

using workload::MapElement;
using workload::TouchPage;

MachineConfig config_of(const char* core, unsigned pte_bits, mmu::HardwareWalker walker) {
  const mmu::Core* preset = mmu::find_core(core);
  MachineConfig config;
  config.core = core;
  config.mmu = with_walker(preset->parameters, walker);
  config.timing = preset->timing;
  config.kernel = *vm::find_kernel("3.8");
  config.format = pte::find_format(pte_bits);
  return config;
}

Script& Script::round(std::vector<workload::Operation> operations, bool counted) {
  workload::Iteration iteration;
  iteration.operations = std::move(operations);
  iteration.counted = counted;
  rounds_.push_back(std::move(iteration));
  return *this;
}

bool Script::next(workload::Iteration& iteration) {
  if (done_ == rounds_.size()) {
    return false;
  }
  iteration = rounds_[done_++];
  return true;
}

MapElement map(std::uint64_t window_page, std::uint64_t pages, std::uint64_t file_page) {
  return {PageCount(window_page), PageCount(pages), PageOffset(file_page)};
}

TouchPage read(std::uint64_t window_page, std::uint64_t expected) {
  return {PageCount(window_page), Bytes(0), false, PageOffset(expected)};
}

TouchPage write(std::uint64_t window_page, std::uint64_t expected) {
  return {PageCount(window_page), Bytes(4), true, PageOffset(expected)};
}

RunResult run_script(const MachineConfig& config, Method method, Script& script) {
  return run(config, method, script, [](std::uint64_t, std::uint64_t) { return true; });
}

RunResult run_small_dbwin(const MachineConfig& config, Method method, std::uint64_t remaps) {
  workload::DbwinParameters p;
  p.file_pages = PageCount(512);
  p.window_pages = PageCount(128);
  p.element_pages = PageCount(2);
  p.remaps = remaps;
  p.touch = 2;
  p.remapped = method != Method::None;
  workload::Dbwin dbwin(p);
  return run(config, method, dbwin, [](std::uint64_t, std::uint64_t) { return true; });
}

}  // namespace tessera::machine
