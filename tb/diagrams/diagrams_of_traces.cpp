// Writes the worked traces of a folder as WaveJSON into another: TRACES_DIR OUT_DIR.
// scripts/diagrams draws them.

#include <filesystem>
#include <fstream>

#include <fmt/core.h>

#include "tb/diagrams/timing_diagram.hpp"

int main(int argc, char** argv) {
  if (argc != 3) {
    fmt::print(stderr, "usage: {} TRACES_DIR OUT_DIR\n", argv[0]);
    return 2;
  }
  for (const auto& entry : std::filesystem::directory_iterator(argv[1])) {
    if (entry.path().extension() != ".trace") {
      continue;
    }
    const auto trace = tessera::lockstep::read_trace(entry.path().string());
    const std::filesystem::path path =
        std::filesystem::path(argv[2]) / (entry.path().stem().string() + ".json");
    std::ofstream file(path);
    file << tessera::diagrams::timing_diagram(trace).dump(1) << '\n';
    if (!file.flush()) {
      fmt::print(stderr, "{}: cannot be written\n", path.string());
      return 2;
    }
  }
  return 0;
}
