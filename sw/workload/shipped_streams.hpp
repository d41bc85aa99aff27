#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tessera::workload {

/// The bytes of a stream that ships inside the program (sw/workload/streams), as they are on
/// disk: zstd. Nothing when there is none of this name.
std::optional<std::string_view> shipped_stream(std::string_view name);

/// Names of all streams that ship, in the order to list them.
std::vector<std::string> shipped_stream_names();

}  // namespace tessera::workload
