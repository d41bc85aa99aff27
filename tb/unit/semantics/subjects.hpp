#pragma once

#include <string_view>

#include "sw/semantics/subject.hpp"

namespace tessera::semantics::test {

/// The subject of these names; all must be known.
Subject subject(std::string_view kernel, std::string_view format, std::string_view file_system);

}  // namespace tessera::semantics::test
