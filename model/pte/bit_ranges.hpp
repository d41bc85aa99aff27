#pragma once

#include <string>

#include "model/pte/format.hpp"

namespace tessera::pte {

/// The bits of a mask as ranges, the highest first: "63:32, 5".
std::string range_text(Raw mask);

}  // namespace tessera::pte
