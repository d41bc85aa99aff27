#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sw/semantics/subject.hpp"

namespace tessera::semantics {

/// One check, put to a kernel and held to the recording.
struct Row {
  std::string_view name;
  std::string_view story;
  std::string outcome;
  std::string recorded;  ///< empty if there is no recording of this check

  bool is_recorded() const { return !recorded.empty(); }
  bool agrees() const { return recorded == outcome; }
};

/// All checks on one kernel.
struct Comparison {
  std::string source;  ///< the kernel that was recorded, "3.8.13 ppc"; empty if none was
  std::vector<Row> rows;
  std::vector<std::string> without_check;  ///< recorded outcomes that no check can have

  /// Rows with a recording, and those of them that differ from it.
  std::size_t compared() const;
  std::size_t disagreements() const;
};

/// Puts every check to the kernel, each to a process of its own.
Comparison compare(const Subject& subject);

}  // namespace tessera::semantics
