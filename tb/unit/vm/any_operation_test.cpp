#include <array>
#include <cstdio>
#include <memory>
#include <random>

#include <gtest/gtest.h>

#include "tb/unit/vm/world.hpp"

namespace tessera::vm::test {

namespace {

constexpr unsigned kOperations = 20'000;
constexpr std::uint32_t kFirstPage = 0x20000 - 40;  // the window crosses a page-table span
constexpr std::uint32_t kWindow = 96;
constexpr std::uint64_t kFilePages = 80;

// Any call with any arguments, right or wrong: whatever it answers, the state must be sound
// and no translation may be left that the page table does not grant.
class Storm {
 public:
  Storm(const char* kernel, const FileSystem& file_system, std::uint64_t seed)
      : random_(seed), world_(64, 32768, 8192, kernel) {
    for (auto& file : files_) file = world_.make_file(kFilePages, page_index_word, file_system);
  }

  void step() {
    switch (below(16)) {
      case 0:
      case 1:
        return map();
      case 2:
        return tally(world_.space.munmap(place(), length()));
      case 3:
        return tally(world_.space.mprotect(place(), length(), below(8)));
      case 4:
      case 5:
        return tally(world_.space.mremap({place(), length(), length(), below(8), place()}).error);
      case 6:
      case 7:
        return tally(world_.space.remap_file_pages(remap_place(), length(), rights(),
                                                   below(kFilePages), below(2) * kMapNonblock));
      case 8:
        return tally(world_.space.madvise(place(), length(), Advice(below(6))));
      case 9:
        return tally(below(2) == 0 ? world_.space.mlock(place(), length())
                                   : world_.space.munlock(place(), length()));
      case 10:
        return tally(world_.space.msync(place(), length(), below(8)));
      case 11:
        if (below(4) == 0) files_[1]->truncate(PageCount(below(kFilePages)));
        return;
      default:
        return touch();
    }
  }

  void check() {
    const auto texts = world_.space.audit();
    ASSERT_TRUE(texts.empty()) << texts.size() << " complaints, first: " << texts.front();
    ASSERT_EQ(world_.stale_translations(), 0U);
  }

  unsigned done() const { return done_; }
  unsigned refused() const { return refused_; }

 private:
  std::uint32_t below(std::uint64_t limit) { return static_cast<std::uint32_t>(random_() % limit); }
  EffectiveAddress place() {
    return ea((kFirstPage + below(kWindow)) * kPage + (below(60) == 0 ? 8 : 0));
  }
  std::uint64_t length() { return below(40) == 0 ? 0 : std::uint64_t{1 + below(12)} * kPage; }

  // Where it is rounded up, an unaligned call may map behind the VMA, and whatever is mapped there
  // later begins with those pages (linux-vm.md A1): nothing is sound after that.
  EffectiveAddress remap_place() {
    const EffectiveAddress any = place();
    return world_.space.kernel().remap.rounds_up ? address_of(page_of(any)) : any;
  }
  unsigned rights() { return world_.space.kernel().remap.takes_protection ? below(8) : kProtNone; }

  void map() {
    static constexpr std::array<unsigned, 5> kExtra{0, 0, kMapPopulate, kMapLocked, kMapNoreserve};
    const unsigned type = below(2) == 0 ? kMapShared : kMapPrivate;
    File* const file = below(3) == 0 ? nullptr : files_[below(2)].get();
    const unsigned flags =
        type | kMapFixed | kExtra[below(kExtra.size())] | (file == nullptr ? kMapAnonymous : 0);
    const OpenMode mode = below(5) == 0 ? OpenMode::ReadOnly : OpenMode::ReadWrite;
    const unsigned protection = below(2) == 0 ? kProtReadWrite : below(8);
    tally(world_.space.mmap({place(), length(), protection, flags, file, below(kFilePages), mode})
              .error);
  }

  void touch() {
    const EffectiveAddress at = ea((kFirstPage + below(kWindow)) * kPage);
    const bool write = below(2) == 0;
    const Access access = write ? world_.write(at, below(100)) : world_.read(at);
    ++(access.result == FaultResult::Resolved ? done_ : refused_);
  }

  void tally(Errno error) { ++(error == Errno::Ok ? done_ : refused_); }

  std::mt19937_64 random_;
  World world_;
  std::array<std::unique_ptr<File>, 2> files_;
  unsigned done_ = 0;
  unsigned refused_ = 0;
};

void rage(const char* kernel, const FileSystem& file_system, std::uint64_t seed) {
  std::printf("kernel %s, %s, seed %llu\n", kernel, file_system.name.data(),
              static_cast<unsigned long long>(seed));
  Storm storm(kernel, file_system, seed);
  for (unsigned operation = 1; operation <= kOperations; ++operation) {
    SCOPED_TRACE("operation " + std::to_string(operation));
    storm.step();
    storm.check();
    if (::testing::Test::HasFatalFailure()) return;
  }
  EXPECT_GE(storm.done(), kOperations / 4);
  EXPECT_GE(storm.refused(), kOperations / 10);
}

}  // namespace

TEST(AnyOperation, LeavesA38OnTmpfsSound) { rage("3.8", kTmpfs, 81); }
TEST(AnyOperation, LeavesA38OnExt2Sound) { rage("3.8", kExt2, 82); }
TEST(AnyOperation, LeavesA2542OnTmpfsSound) { rage("2.5.42", kTmpfs, 86); }
TEST(AnyOperation, LeavesA2542OnExt2Sound) { rage("2.5.42", kExt2, 87); }
TEST(AnyOperation, LeavesA2611OnTmpfsSound) { rage("2.6.11", kTmpfs, 88); }
TEST(AnyOperation, LeavesA2611OnExt2Sound) { rage("2.6.11", kExt2, 89); }
TEST(AnyOperation, LeavesA318OnTmpfsSound) { rage("3.18", kTmpfs, 90); }
TEST(AnyOperation, LeavesA318OnExt2Sound) { rage("3.18", kExt2, 91); }
TEST(AnyOperation, LeavesA41OnTmpfsSound) { rage("4.1", kTmpfs, 92); }
TEST(AnyOperation, LeavesA66OnExt4Sound) { rage("6.6", kExt4, 93); }
TEST(AnyOperation, LeavesA61OnTmpfsSound) { rage("6.1", kTmpfs, 83); }
TEST(AnyOperation, LeavesA61OnExt2Sound) { rage("6.1", kExt2, 84); }
TEST(AnyOperation, LeavesA618OnExt4Sound) { rage("6.18", kExt4, 85); }

}  // namespace tessera::vm::test
