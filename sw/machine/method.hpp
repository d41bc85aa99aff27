#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace tessera::machine {

/// How the program has an element of the window show another part of the file.
enum class Method : std::uint8_t { None, Mmap, MmapPopulate, Remap, RemapNonblock, Hugetlb };

struct MethodDescription {
  Method method;
  std::string_view name;  ///< as in --methods, tables and JSON
  std::string_view call;  ///< what the program calls
  /// User instructions of the C library's stub and of its caller, from the insn_user column of
  /// the golden rows, against `none` (tb/golden/vm-kernel).
  std::uint64_t stub_instructions;
};

/// Those that any machine has, and that are compared unless others are asked for.
std::vector<Method> usual_methods();

/// All methods, in the order of tables.
const std::vector<MethodDescription>& methods();

const MethodDescription& describe(Method method);

std::optional<Method> find_method(std::string_view name);

}  // namespace tessera::machine
