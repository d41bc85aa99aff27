// The hand-worked traces, on everything that has pins.

#include "tb/lockstep/trace.hpp"

#include <algorithm>
#include <filesystem>
#include <memory>

#include <gtest/gtest.h>

#include "model/clocked/clocked_mmu.hpp"
#include "model/mmu/core.hpp"
#include "model/rtl/rtl_engine.hpp"

namespace tessera::lockstep {
namespace {

std::vector<std::string> trace_files() {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(TRACES_DIR)) {
    if (entry.path().extension() == ".trace") {
      files.push_back(entry.path().string());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

template <class Make>
void replay_all(const Make& make) {
  std::uint64_t checks = 0;
  for (const std::string& file : trace_files()) {
    SCOPED_TRACE(file);
    const Trace trace = read_trace(file);
    const std::unique_ptr<clocked::PinDevice> device = make(trace.core);
    const TraceResult result = replay_trace(trace, *device);
    for (const std::string& difference : result.differences) {
      ADD_FAILURE() << difference;
    }
    checks += result.checks;
  }
  std::cout << trace_files().size() << " traces, " << checks << " checks\n";
  EXPECT_EQ(trace_files().size(), 14U);
  EXPECT_GT(checks, 1700U);
}

TEST(WorkedTraces, HoldOnTheClockedModel) {
  replay_all([](const mmu::Core& core) -> std::unique_ptr<clocked::PinDevice> {
    return std::make_unique<clocked::ClockedMmu>(core.parameters, core.timing);
  });
}

TEST(WorkedTraces, HoldOnTheRtl) {
  replay_all(
      [](const mmu::Core& core) { return rtl::make_rtl_device(core.parameters, core.timing); });
}

}  // namespace
}  // namespace tessera::lockstep
