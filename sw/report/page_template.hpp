#pragma once

#include <cstdint>
#include <string>

#include <nlohmann/json.hpp>

namespace tessera::report {

/// The pages that are made, each with its own script (sw/report/html).
enum class Page : std::uint8_t { Results, Sweep };

/// A page with its title, what it says where there is no JavaScript, and its data. All three may
/// hold anything: nothing in them is read as HTML or script.
std::string filled_page(Page page, const std::string& title, const std::string& text,
                        const nlohmann::ordered_json& data);

}  // namespace tessera::report
