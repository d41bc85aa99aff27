#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tessera {

/// "; did you mean 'x'?" for the candidate nearest to what was typed, or all of them when none
/// is near and there are few: to be put behind an error message.
std::string suggestion(std::string_view typed, const std::vector<std::string>& candidates);

}  // namespace tessera
