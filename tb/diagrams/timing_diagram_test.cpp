// The pictures in docs/diagrams show what the clocked model does today.

#include "tb/diagrams/timing_diagram.hpp"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include <gtest/gtest.h>

namespace tessera::diagrams {
namespace {

std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(TimingDiagrams, InTheDocumentsAreThoseOfTheWorkedTraces) {
  unsigned diagrams = 0;
  for (const auto& entry : std::filesystem::directory_iterator(TRACES_DIR)) {
    if (entry.path().extension() != ".trace") {
      continue;
    }
    const std::string name = entry.path().stem().string();
    const lockstep::Trace trace = lockstep::read_trace(entry.path().string());
    const std::filesystem::path stem = std::filesystem::path(DIAGRAMS_DIR) / name;
    EXPECT_EQ(text_of(stem.string() + ".json"), timing_diagram(trace).dump(1) + "\n")
        << name << ": scripts/diagrams/draw draws it again";
    // The program that draws leaves the WaveJSON's text in the picture.
    EXPECT_NE(text_of(stem.string() + ".svg").find(trace.title), std::string::npos) << name;
    ++diagrams;
  }
  std::cout << diagrams << " diagrams\n";
  EXPECT_EQ(diagrams, 14U);
}

}  // namespace
}  // namespace tessera::diagrams
