#include "sw/workload/common_parameters.hpp"

#include <utility>

#include <fmt/core.h>

#include "model/types/user_error.hpp"

namespace tessera::workload {
namespace {

Parameter pages_parameter(const char* key, const char* meaning, std::uint64_t initial,
                          const std::string& own) {
  return {key, own.empty() ? meaning : fmt::format("{}; 0: {}", meaning, own), initial,
          own.empty() ? 1ULL : 0ULL, kMostPages};
}

}  // namespace

Parameter window_pages_parameter(std::uint64_t initial, std::string meaning) {
  return {"window_pages", std::move(meaning), initial, 1, kMostWindowPages};
}

Parameter element_pages_parameter(std::uint64_t initial, const std::string& own) {
  return pages_parameter("element_pages", "pages mapped by one call", initial, own);
}

Parameter file_pages_parameter(std::uint64_t initial, const std::string& own) {
  return pages_parameter("file_pages", "size of the file in 4 KB pages", initial, own);
}

Parameter seed_parameter(std::string meaning) {
  // From the seed above these the generator would draw nothing but zeros (random.hpp).
  const std::uint64_t most = std::numeric_limits<std::uint64_t>::max() - 1;
  return {"seed", "of all that is random: " + std::move(meaning), std::uint64_t{1}, 0, most};
}

void check_element(PageCount element, PageCount window, PageCount file) {
  if (element.value() == 0) {
    throw UserError("element_pages is 0: an element has at least one page");
  }
  if (window < element) {
    throw UserError(fmt::format("window_pages is {}: the window must hold an element of {} pages",
                                window.value(), element.value()));
  }
  if (file < element) {
    throw UserError(fmt::format("file_pages is {}: the file must hold an element of {} pages",
                                file.value(), element.value()));
  }
}

}  // namespace tessera::workload
