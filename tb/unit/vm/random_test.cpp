#include <array>
#include <cstdio>
#include <random>

#include <gtest/gtest.h>

#include "tb/unit/vm/reference_model.hpp"
#include "tb/unit/vm/world.hpp"

namespace tessera::vm::test {

namespace {

constexpr unsigned kOperations = 100'000;
constexpr unsigned kAuditEvery = 1000;
constexpr std::uint32_t kFirstPage = 0x20000 - 100;  // the range starts inside a span

std::uint32_t word_of_file0(PageOffset pgoff) {
  return ReferenceModel::first_word(0, static_cast<std::uint32_t>(pgoff.value()));
}
std::uint32_t word_of_file1(PageOffset pgoff) {
  return ReferenceModel::first_word(1, static_cast<std::uint32_t>(pgoff.value()));
}

// The VM layer and the model side by side, driven by one stream of random numbers.
class Duel {
 public:
  Duel(unsigned bits, std::uint64_t seed)
      : random_(seed), world_(bits), model_(kFirstPage, bits == 32 ? 1024 : 512) {}

  void step() {
    const std::uint32_t choice = below(100);
    if (choice < 15) {
      map();
    } else if (choice < 20) {
      unmap();
    } else if (choice < 40) {
      remap();
    } else if (choice < 75) {
      read();
    } else {
      write();
    }
  }

  void check_totals() {
    const VmCounters& counters = world_.counters();
    ASSERT_EQ(counters.faults_minor, model_.accounted_faults());
    ASSERT_EQ(counters.flushes_of(FlushKind::Page), model_.page_flushes());
    ASSERT_EQ(counters.flushes_of(FlushKind::Pid), model_.pid_flushes());
    ASSERT_EQ(counters.page_table_pages, model_.tables());
  }

  void audit() {
    const auto texts = world_.space.audit();
    ASSERT_TRUE(texts.empty()) << texts.size() << " complaints, first: " << texts.front();
    ASSERT_EQ(world_.space.count_present(), model_.present_pages());
    std::uint32_t shared = 0;
    for (const auto& [start, vma] : world_.space.vmas()) {
      if (vma.shared) ++shared;
    }
    ASSERT_EQ(shared, model_.shared_vmas());
    ++audits_;
  }

  unsigned checks() const { return checks_; }
  unsigned audits() const { return audits_; }
  unsigned remaps_done() const { return remaps_done_; }

 private:
  using Kind = ReferenceModel::Kind;

  std::uint32_t below(std::uint32_t limit) { return static_cast<std::uint32_t>(random_() % limit); }
  static std::uint32_t address(std::uint32_t at) { return (kFirstPage + at) * kPage; }
  std::uint32_t some_place() { return below(ReferenceModel::kPages); }
  std::uint32_t some_count(std::uint32_t at) {
    const std::uint32_t count = 1 + below(below(8) == 0 ? 600 : 12);
    return std::min(count, ReferenceModel::kPages - at);
  }

  void map() {
    static constexpr std::array<Kind, 6> kKinds{Kind{0, true, true},   Kind{1, true, true},
                                                Kind{0, true, false},  Kind{0, false, true},
                                                Kind{1, false, false}, Kind{-1, false, true}};
    const Kind kind = kKinds[below(kKinds.size())];
    const std::uint32_t at = some_place();
    const std::uint32_t count = some_count(at);
    const std::uint32_t pgoff = below(2) == 0 ? at % 64 : below(ReferenceModel::kFilePages);
    const bool populate = below(4) == 0;
    File* file = kind.file < 0 ? nullptr : files_[static_cast<std::size_t>(kind.file)].get();
    const unsigned flags = (kind.shared ? kMapShared : kMapPrivate) | (populate ? kMapPopulate : 0);
    const unsigned protection = kProtRead | (kind.writable ? kProtWrite : 0);
    ASSERT_TRUE(world_.map_fixed(address(at), count, file, pgoff, flags, protection).ok());
    model_.map(at, count, kind, pgoff, populate);
  }

  void unmap() {
    const std::uint32_t at = some_place();
    const std::uint32_t count = some_count(at);
    ASSERT_EQ(world_.space.munmap(ea(address(at)), std::uint64_t{count} * kPage), Errno::Ok);
    model_.unmap(at, count);
  }

  void remap() {
    const std::uint32_t at = some_place();
    const std::uint32_t count = std::min(1 + below(6), ReferenceModel::kPages - at);
    const std::uint32_t pgoff = below(ReferenceModel::kFilePages + 4);
    const bool nonblock = below(2) == 0;
    const Errno expected = model_.remap(at, count, pgoff, nonblock);
    ASSERT_EQ(world_.remap(address(at), count, pgoff, nonblock ? kMapNonblock : 0), expected);
    ++checks_;
    if (expected == Errno::Ok) ++remaps_done_;
  }

  void read() {
    const std::uint32_t at = some_place();
    const auto expected = model_.read(at);
    const Access first = world_.read(ea(address(at)));
    ASSERT_EQ(first.result, expected.result);
    if (expected.result == FaultResult::Resolved) {
      ASSERT_EQ(first.value, expected.first_word);
      ASSERT_EQ(world_.read(ea(address(at) + 4)).value, expected.second_word);
    }
    ++checks_;
  }

  void write() {
    const std::uint32_t at = some_place();
    const auto value = static_cast<std::uint32_t>(random_());
    ASSERT_EQ(world_.write(ea(address(at) + 4), value).result, model_.write(at, value));
    ++checks_;
  }

  std::mt19937_64 random_;
  World world_;
  ReferenceModel model_;
  std::array<std::unique_ptr<File>, ReferenceModel::kFiles> files_{
      world_.make_file(ReferenceModel::kFilePages, word_of_file0),
      world_.make_file(ReferenceModel::kFilePages, word_of_file1)};
  unsigned checks_ = 0;
  unsigned audits_ = 0;
  unsigned remaps_done_ = 0;
};

void fight(unsigned bits, std::uint64_t seed) {
  std::printf("seed %llu\n", static_cast<unsigned long long>(seed));
  Duel duel(bits, seed);
  for (unsigned operation = 1; operation <= kOperations; ++operation) {
    SCOPED_TRACE("operation " + std::to_string(operation));
    duel.step();
    if (!::testing::Test::HasFatalFailure()) duel.check_totals();
    if (operation % kAuditEvery == 0 && !::testing::Test::HasFatalFailure()) duel.audit();
    if (::testing::Test::HasFatalFailure()) return;
  }
  EXPECT_GE(duel.checks(), 70'000U);
  EXPECT_GE(duel.audits(), 100U);
  EXPECT_GE(duel.remaps_done(), 3'000U);
}

}  // namespace

TEST(RandomOperations, AgreeWithAPlainArrayOfPagesWithNarrowEntries) { fight(32, 4711); }

TEST(RandomOperations, AgreeWithAPlainArrayOfPagesWithWideEntries) { fight(64, 4712); }

}  // namespace tessera::vm::test
