#pragma once

#include "model/types/suggestion.hpp"

namespace tessera::cli {

using tessera::suggestion;

}  // namespace tessera::cli
