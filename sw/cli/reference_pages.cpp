#include "sw/cli/reference_pages.hpp"

namespace tessera::cli {

const std::vector<ReferencePage>& reference_pages() {
  static const std::vector<ReferencePage> pages{
      {"commands", "every command with every option", &commands_reference},
      {"parameters", "every parameter of --print-config",
       [](const CLI::App&) { return parameters_reference(); }},
      {"cores", "in what the cores differ", [](const CLI::App&) { return cores_reference(); }},
      {"kernels", "in what the kernels differ",
       [](const CLI::App&) { return kernels_reference(); }},
      {"choices", "methods, walkers, engines, file systems",
       [](const CLI::App&) { return choices_reference(); }},
      {"result", "every number of a result", [](const CLI::App&) { return result_reference(); }}};
  return pages;
}

}  // namespace tessera::cli
