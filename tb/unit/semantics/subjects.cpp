#include "tb/unit/semantics/subjects.hpp"

namespace tessera::semantics::test {

Subject subject(std::string_view kernel, std::string_view format, std::string_view file_system) {
  return {*vm::find_kernel(kernel), pte::find_format(format), vm::find_file_system(file_system)};
}

}  // namespace tessera::semantics::test
