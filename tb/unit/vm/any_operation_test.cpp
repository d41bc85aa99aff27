#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "tb/storm/rage.hpp"
#include "tb/unit/vm/world.hpp"

/// Storms over a TLB that forgets nothing by itself: a flush too few shows however late.
namespace tessera::vm::test {

namespace {

constexpr std::uint64_t kOperations = 5'000;

class WorldStage final : public storm::Stage {
 public:
  WorldStage(std::string_view kernel, const FileSystem& file_system)
      : world_(*find_kernel(kernel), 64, 32768, 8192) {
    for (auto& file : files_) {
      file = world_.make_file(storm::kFilePages, page_index_word, file_system);
      file->use_swap(swap_);
    }
    world_.space.use_swap(swap_);
  }

  AddressSpace& running() override { return world_.space; }
  File& file(unsigned which) override { return *files_[which]; }
  std::optional<storm::PageWords> access(
      VirtualPage page, const std::optional<storm::Ledger::Store>& store) override {
    const EffectiveAddress address =
        address_of(page) + storm::offset_of_word(store ? store->which : 0);
    const Access access = store ? world_.write(address, store->word) : world_.read(address);
    if (access.result != FaultResult::Resolved) return std::nullopt;
    return peek(world_.space.number(), page);
  }
  std::optional<storm::PageWords> peek(storm::Ledger::Process /*process*/,
                                       VirtualPage page) const override {
    const pte::Format& format = world_.space.format();
    const pte::Raw entry = world_.space.lookup(address_of(page));
    if (!pte::is_present(format, entry)) return std::nullopt;
    const RealAddress start = address_of(pte::frame_of(format, entry));
    return storm::PageWords{world_.hardware.peek_word(start),
                            world_.hardware.peek_word(start + storm::offset_of_word(1))};
  }
  std::vector<std::string> complaints() override {
    std::vector<std::string> texts = world_.space.audit();
    if (world_.stale_translations() != 0) texts.emplace_back("a translation is stale");
    world_.hardware.forget_flushes();
    return texts;
  }

 private:
  SwapArea swap_{PageCount(64)};
  World world_;
  std::array<std::unique_ptr<File>, 2> files_;
};

struct Subject {
  std::string_view kernel;
  const FileSystem* file_system;
};

std::vector<Subject> all_subjects() {
  std::vector<Subject> subjects;
  for (const std::string_view kernel : kernel_names()) {
    for (const std::string_view name : file_system_names()) {
      subjects.push_back({kernel, find_file_system(name)});
    }
  }
  return subjects;
}

std::string name_of(const ::testing::TestParamInfo<Subject>& subject) {
  std::string text =
      std::string(subject.param.kernel) + "_" + std::string(subject.param.file_system->name);
  std::replace(text.begin(), text.end(), '.', '_');
  return text;
}

class AnyOperation : public ::testing::TestWithParam<Subject> {};

}  // namespace

TEST_P(AnyOperation, LeavesTheStateSound) {
  constexpr std::uint64_t kSeed = 81;
  WorldStage stage(GetParam().kernel, *GetParam().file_system);
  storm::Storm storm(stage, kSeed);
  EXPECT_EQ(storm::rage(storm, stage, kOperations), "") << "seed " << kSeed;
  EXPECT_GE(storm.done(), kOperations / 4);
  EXPECT_GE(storm.refused(), kOperations / 10);
  EXPECT_GE(storm.ledger().checks(), kOperations / 4);
  EXPECT_GE(storm.ledger().exact_checks(), storm.ledger().checks() * 9 / 10);
}

INSTANTIATE_TEST_SUITE_P(Storm, AnyOperation, ::testing::ValuesIn(all_subjects()), name_of);

}  // namespace tessera::vm::test
