#include "tb/golden/mmu-qemu/logs.hpp"

#include <iostream>

#include <gtest/gtest.h>

#include "sw/workload/text_source.hpp"

namespace tessera::replay {

MmuReplay replay_on(const mmu::Core& core, const machine::EngineDescription& engine,
                    const std::string& text) {
  return replay_mmu(text, "a.log", *engine.make(core.parameters, core.timing, nullptr),
                    core.parameters);
}

void expect_no_mismatch(const mmu::Core& core, const std::string& log,
                        std::uint64_t fewest_checks) {
  const std::string text = workload::read_text(TESSERA_QEMU_LOGS "/" + log + ".log.zst");
  ASSERT_GE(machine::engines().size(), 3U);
  for (const machine::EngineDescription& engine : machine::engines()) {
    SCOPED_TRACE(engine.name);
    const MmuReplay result = replay_on(core, engine, text);
    std::cout << engine.name << ": " << result.operations << " operations, " << result.checks
              << " checks\n";
    for (const std::string& report : result.reports) ADD_FAILURE() << report;
    EXPECT_EQ(result.mismatches, 0U);
    EXPECT_GE(result.checks, fewest_checks);
  }
}

}  // namespace tessera::replay
