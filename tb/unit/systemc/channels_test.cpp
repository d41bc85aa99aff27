// The SystemC module with a signal a channel against the one with a signal a pin.

#include <iostream>
#include <sstream>

#include <gtest/gtest.h>

#include "model/clocked/pin_engine.hpp"
#include "model/mmu/transaction_engine.hpp"
#include "model/systemc/mmu_channels.hpp"
#include "model/systemc/systemc_device.hpp"
#include "tb/unit/clocked/engine_comparison.hpp"
#include "tb/unit/clocked/random_memory.hpp"

namespace tessera::systemc {
namespace {

using clocked::InputPins;
using clocked::OutputPins;

constexpr std::uint64_t kChannelCalls = 5000;

/// Two devices under the same inputs, the outputs compared in every cycle.
class Both final : public clocked::PinDevice {
 public:
  explicit Both(const clocked::Configuration& c)
      : pins_(c.parameters, c.timing, PortStyle::Pins),
        channels_(c.parameters, c.timing, PortStyle::Channels) {}

  const OutputPins& step(const InputPins& in) override {
    std::vector<std::uint64_t> left;
    std::vector<std::uint64_t> right;
    const OutputPins& out = pins_.step(in);
    visit_outputs(out, [&](const char*, auto value) { left.push_back(value); });
    visit_outputs(channels_.step(in), [&](const char*, auto value) { right.push_back(value); });
    EXPECT_EQ(left, right);
    ++cycles_;
    return out;
  }

  std::uint64_t cycles() const { return cycles_; }

 private:
  SystemcDevice pins_;
  SystemcDevice channels_;
  std::uint64_t cycles_ = 0;
};

class Channels : public testing::TestWithParam<const char*> {};

TEST_P(Channels, ShowWhatThePinsShowInEveryCycle) {
  const clocked::Configuration c = clocked::configuration_of(GetParam());
  auto device = std::make_unique<Both>(c);
  const Both& both = *device;
  clocked::RandomMemory left(1);
  clocked::RandomMemory right(1);
  clocked::PinEngine engine(std::move(device), c.parameters, c.timing, &right);
  mmu::TransactionEngine transaction(c.parameters, c.timing, &left);
  const clocked::EngineComparison result =
      clocked::compare_engines(transaction, engine, c.parameters, 1, kChannelCalls);
  EXPECT_EQ(result.difference, "") << GetParam() << ", seed 1";
  std::cout << GetParam() << ", seed 1: " << both.cycles() << " cycles\n";
  EXPECT_GT(both.cycles(), 10000U);
}

INSTANTIATE_TEST_SUITE_P(Configurations, Channels,
                         testing::Values("e500mc", "e500v2", "qemu", "small", "small_tablewalk",
                                         "small_e6500"));

TEST(Channel, HoldsItsPinsAndNoOthers) {
  InputPins in;
  in.d_req_valid = true;
  in.d_req_ea = 0x12345678;
  in.i_req_ea = 0x9ABCDEF0;
  InputPins copy;
  DataRequest(in).copy_to(copy);
  EXPECT_TRUE(copy.d_req_valid);
  EXPECT_EQ(copy.d_req_ea, 0x12345678U);
  EXPECT_EQ(copy.i_req_ea, 0U);
  EXPECT_EQ(DataRequest(in), DataRequest(copy));
  EXPECT_NE(FetchRequest(in), FetchRequest(copy));
  std::ostringstream text;
  text << Snoop(in);
  EXPECT_EQ(text.str(), "0 0 0 ");
}

}  // namespace
}  // namespace tessera::systemc
