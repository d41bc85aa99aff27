#include "sw/workload/shipped_streams.hpp"

#include <array>
#include <utility>

// Defined by the linker around the file's bytes (sw/workload/CMakeLists.txt).
extern "C" {
extern const char kSqliteTpcb16kBegin;
extern const char kSqliteTpcb16kEnd;
}

namespace tessera::workload {
namespace {

struct Shipped {
  const char* name;
  const char* begin;
  const char* end;
};

const std::array kShipped{
    Shipped{"sqlite-tpcb-16k", &kSqliteTpcb16kBegin, &kSqliteTpcb16kEnd},
};

}  // namespace

std::optional<std::string_view> shipped_stream(std::string_view name) {
  for (const Shipped& stream : kShipped) {
    if (name == stream.name) {
      return std::string_view(stream.begin, static_cast<std::size_t>(stream.end - stream.begin));
    }
  }
  return std::nullopt;
}

std::vector<std::string> shipped_stream_names() {
  std::vector<std::string> names;
  names.reserve(kShipped.size());
  for (const Shipped& stream : kShipped) {
    names.emplace_back(stream.name);
  }
  return names;
}

}  // namespace tessera::workload
