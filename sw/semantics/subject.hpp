#pragma once

#include <string_view>

#include "model/pte/format.hpp"
#include "sw/vm/file_system.hpp"
#include "sw/vm/personality.hpp"

namespace tessera::semantics {

/// What the checks are put to: a kernel with its page table entries, and the file system of the
/// file that is mapped.
struct Subject {
  vm::Personality kernel;
  const pte::Format* format = nullptr;
  const vm::FileSystem* file_system = nullptr;
};

/// The name of the PTE format such kernels are recorded with: "fsl64" for 32-bit ones, "x86-64".
std::string_view usual_format(const vm::Personality& kernel);

}  // namespace tessera::semantics
