#pragma once

#include <string>

#include "sw/workload/description.hpp"

/// Parameters that several workloads have.
namespace tessera::workload {

/// The most pages that a parameter takes: of a file, and of a window, for which this is all that
/// 32 bits reach.
inline constexpr std::uint64_t kMostPages = 1ULL << 31;
inline constexpr std::uint64_t kMostWindowPages = 1ULL << 20;

/// window_pages, of at least one page.
Parameter window_pages_parameter(std::uint64_t initial,
                                 std::string meaning = "size of the window in 4 KB pages");

/// element_pages and file_pages; 0 is allowed when `own` says what it stands for.
Parameter element_pages_parameter(std::uint64_t initial, const std::string& own = "");
Parameter file_pages_parameter(std::uint64_t initial, const std::string& own = "");

/// seed, of what `meaning` says.
Parameter seed_parameter(std::string meaning);

/// Throws UserError unless the window and the file hold an element of at least one page.
void check_element(PageCount element, PageCount window, PageCount file);

}  // namespace tessera::workload
