#include "sw/cli/configuration.hpp"

#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/types/user_error.hpp"
#include "sw/cli/parameter.hpp"
#include "sw/cli/parameter_lists.hpp"

namespace tessera::cli {
namespace {

std::string text_of(const nlohmann::json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

TEST(Parameters, HaveDistinctKeysAndADescription) {
  std::set<std::string> keys;
  for (const Parameter& parameter : parameters()) {
    EXPECT_TRUE(keys.insert(parameter.key).second) << parameter.key;
    EXPECT_FALSE(parameter.meaning.empty()) << parameter.key;
  }
  EXPECT_GT(keys.size(), 90U);
}

TEST(Parameters, TakeBackTheValueTheyGive) {
  for (const Parameter& parameter : parameters()) {
    Configuration configuration;
    const nlohmann::json before = parameter.get(configuration);
    parameter.set(configuration, text_of(before));
    EXPECT_EQ(parameter.get(configuration), before) << parameter.key;
  }
}

TEST(Parameters, ChangeNothingButThemselves) {
  for (const Parameter& parameter : parameters()) {
    Configuration configuration;
    const nlohmann::json value = parameter.get(configuration);
    if (!value.is_number() || turn_of(parameter.key) == 0) {
      continue;
    }
    const auto before = values_of(configuration);
    const std::uint64_t other = value.get<std::uint64_t>() + 1;
    parameter.set(configuration, std::to_string(other));
    auto expected = before;
    expected[parameter.key] = other;
    EXPECT_EQ(values_of(configuration), expected) << parameter.key;
  }
}

TEST(Configure, TakesPresetsFirstWhereverTheyStand) {
  const Configuration c =
      configure({{"mmu.tlb0_ways", "2", "--set"}, {"core", "e500v2", "--core"}});
  EXPECT_EQ(c.machine.mmu.tlb0_ways, 2U);
  EXPECT_EQ(c.machine.mmu.tlb1_entries, 16U);
}

TEST(Configure, LetsTheLastAssignmentWin) {
  EXPECT_EQ(configure({{"seed", "2", "a"}, {"seed", "3", "b"}}).seed(), 3U);
}

TEST(Configure, SaysWhereAValueIsWrong) {
  try {
    configure({{"seed", "x", "lab.toml:3"}});
    FAIL();
  } catch (const UserError& error) {
    EXPECT_THAT(error.what(), ::testing::StartsWith("lab.toml:3: seed: 'x' is not"));
  }
}

TEST(Configure, HasTheKernelsFaultAroundUnlessAskedForAnother) {
  const auto pages_of = [](const std::vector<Assignment>& assignments) {
    return configure(assignments).machine.kernel.file_fault.fault_around.value();
  };
  EXPECT_EQ(pages_of({{"kernel", "3.8", "--kernel"}}), 1U);
  EXPECT_EQ(pages_of({{"kernel", "6.1", "--kernel"}}), 16U);
  EXPECT_EQ(pages_of({{"vm.fault_around", "4", "--fault-around"}, {"kernel", "6.1", "x"}}), 4U);
  for (const char* wrong : {"0", "3", "1024"}) {
    EXPECT_THROW(configure({{"vm.fault_around", wrong, "--fault-around"}}), UserError) << wrong;
  }
}

TEST(Configure, HasTheFileSystemsReadaheadUnlessAskedForAnother) {
  const auto pages_of = [](const std::vector<Assignment>& assignments) {
    return configure(assignments).machine.file_system.read_around.value();
  };
  EXPECT_EQ(pages_of({{"vm.file_system", "ext2", "--file-system"}}), 32U);
  EXPECT_EQ(pages_of({{"vm.readahead", "0", "a"}, {"vm.file_system", "ext2", "b"}}), 0U);
  EXPECT_THROW(configure({{"vm.readahead", "-1", "--readahead"}}), UserError);
}

TEST(Configure, OffersOnlyKernelsWhoseTimeWasMeasured) {
  for (const std::string_view name : vm::kernel_names()) {
    const std::vector<Assignment> choice{{"kernel", std::string(name), "--kernel"}};
    if (vm::find_kernel(name)->has_costs()) {
      EXPECT_EQ(configure(choice).machine.kernel.name, name);
    } else {
      EXPECT_THROW(configure(choice), UserError) << name;
    }
  }
}

TEST(Configure, ReadsHexadecimalNumbers) {
  EXPECT_EQ(configure({{"seed", "0x10", "--seed"}}).seed(), 16U);
  EXPECT_THROW(configure({{"seed", "0x", "--seed"}}), UserError);
}

}  // namespace
}  // namespace tessera::cli
