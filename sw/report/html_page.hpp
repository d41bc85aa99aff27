#pragma once

#include <string>
#include <vector>

#include "sw/report/result_file.hpp"

namespace tessera::report {

/// A page that shows these results and needs no other file and no network: the answer in words,
/// tables, plots, configuration. Whatever the results hold beyond counters and cycles gets its
/// section. Throws UserError like report_of().
std::string html_page(const std::vector<ResultFile>& files);

}  // namespace tessera::report
