#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "sw/machine/walkers.hpp"

namespace tessera::storm {

/// What a parametrised test runs on.
struct Subject {
  std::string_view kernel;
  const char* core;
  mmu::HardwareWalker walker = mmu::HardwareWalker::Off;
};

/// "3_8_e500mc_software", for the name of the test.
inline std::string text_of(const ::testing::TestParamInfo<Subject>& subject) {
  std::string text = std::string(subject.param.kernel) + "_" + subject.param.core + "_" +
                     std::string(machine::describe(subject.param.walker).name);
  std::replace(text.begin(), text.end(), '.', '_');
  return text;
}

/// The kernel on both cores with each walker.
inline void add_machines(std::vector<Subject>& subjects, std::string_view kernel) {
  for (const char* core : {"e500mc", "e500v2"}) {
    for (const machine::WalkerDescription& walker : machine::walkers()) {
      subjects.push_back({kernel, core, walker.walker});
    }
  }
}

}  // namespace tessera::storm
