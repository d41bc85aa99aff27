#include "sw/cli/story.hpp"

#include <fmt/core.h>

namespace tessera::cli {

void print_story(const std::vector<std::string>& story) {
  for (const std::string& line : story) {
    fmt::print("{:<15}   {} {}\n", "", &line == &story.front() ? "  " : "->", line);
  }
}

}  // namespace tessera::cli
