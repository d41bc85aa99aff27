#pragma once

#include <string_view>
#include <vector>

namespace tessera::semantics {

/// What rfpsem printed on a real kernel.
struct RecordedText {
  std::string_view name;  ///< "<kernel>.<PTE format>"
  std::string_view text;
};

/// The files of tb/golden/vm-kernel/semantics, which the build puts into the program.
const std::vector<RecordedText>& recorded_texts();

}  // namespace tessera::semantics
