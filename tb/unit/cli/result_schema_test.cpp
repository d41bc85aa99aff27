// Every kind of result that the command writes is as docs/schema says, by the program jsonschema.

#include <cstdlib>

#include <fmt/core.h>

#include "sw/cli/parameter.hpp"
#include "sw/machine/engines.hpp"
#include "tb/unit/cli/command_line.hpp"

namespace tessera::cli {
namespace {

class ResultSchema : public CommandLine {
 protected:
  void write_result(const std::string& arguments) {
    const Finished finished =
        tessera(fmt::format("compare {} --json {}.json", arguments, files_), folder_);
    ASSERT_EQ(finished.exit_code, 0) << arguments << "\n" << finished.err;
    ++files_;
  }

  void expect_valid() const {
    std::string command = TESSERA_JSONSCHEMA;
    for (int i = 0; i < files_; ++i) {
      command += fmt::format(" -i '{}/{}.json'", folder_.string(), i);
    }
    command += " '" TESSERA_SCHEMAS "/result-2.json'";
    EXPECT_EQ(std::system(command.c_str()), 0) << command;
  }

  int files_ = 0;
};

const std::vector<std::string>& workloads() {
  static const std::vector<std::string> all{
      "--accesses 200", "--workload dbwin --remaps 50 --window-pages 64 --touch 2",
      "--workload reverse --window-pages 64"};
  return all;
}

TEST_F(ResultSchema, HoldsForEveryWorkloadAndKernel) {
  for (const std::string& workload : workloads()) {
    for (const std::string_view kernel : vm::kernel_names()) {
      if (vm::find_kernel(kernel)->has_costs()) {
        write_result(fmt::format("{} --kernel {}", workload, kernel));
      }
    }
  }
  EXPECT_GE(files_, 21);
  expect_valid();
}

TEST_F(ResultSchema, HoldsForEveryCoreEngineAndEnding) {
  for (const std::string_view core : mmu::core_names()) {
    write_result(fmt::format("--accesses 50 --core {}", core));
  }
  for (const machine::EngineDescription& engine : machine::engines()) {
    write_result(fmt::format("--accesses 20 --methods rfp --engine {}", engine.name));
  }
  write_result("--accesses 200 --pte 32");
  write_result("--accesses 200 --walker e6500");
  write_result("--workload dbwin --remaps 500 --methods mmap --set vm.max_map_count=100");
  write_result("--methods hugetlb --element-pages 1024 --nr-hugepages 27 --accesses 100");
  EXPECT_GE(files_, 10);
  expect_valid();
}

}  // namespace
}  // namespace tessera::cli
