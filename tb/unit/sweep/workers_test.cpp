// Worker processes: all work is done once, whatever becomes of the workers.

#include "sw/sweep/workers.hpp"

#include <atomic>
#include <csignal>
#include <map>
#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

namespace tessera::sweep {
namespace {

using ::testing::HasSubstr;

std::vector<std::size_t> pieces(std::size_t count) {
  std::vector<std::size_t> all(count);
  for (std::size_t i = 0; i < count; ++i) {
    all[i] = i;
  }
  return all;
}

std::map<std::size_t, Outcome> run(std::size_t count, unsigned jobs, const Work& work) {
  std::map<std::size_t, Outcome> outcomes;
  run_in_workers(
      pieces(count), jobs, work,
      [&](const Outcome& outcome) {
        EXPECT_TRUE(outcomes.emplace(outcome.work, outcome).second) << outcome.work;
      },
      [] { return true; });
  return outcomes;
}

/// A count that forked processes share.
class SharedCount {
 public:
  SharedCount()
      : count_(static_cast<std::atomic<int>*>(mmap(nullptr, sizeof(std::atomic<int>),
                                                   PROT_READ | PROT_WRITE,
                                                   MAP_SHARED | MAP_ANONYMOUS, -1, 0))) {}
  int next() { return (*count_)++; }

 private:
  std::atomic<int>* count_;
};

TEST(Workers, DoAllWorkInOtherProcesses) {
  const pid_t own = getpid();
  for (const unsigned jobs : {1U, 3U, 40U}) {
    const auto outcomes = run(25, jobs, [own](std::size_t i) {
      if (getpid() == own) return std::string("in the test itself");
      return std::string(i * 10000, static_cast<char>('a' + i));  // larger than a pipe holds
    });
    ASSERT_EQ(outcomes.size(), 25U);
    for (const auto& [i, outcome] : outcomes) {
      EXPECT_EQ(outcome.answer, std::string(i * 10000, static_cast<char>('a' + i)));
      EXPECT_EQ(outcome.failure, "");
      EXPECT_EQ(outcome.attempts, 1U);
    }
  }
}

TEST(Workers, DieOverOnePieceAndTheOthersAreDone) {
  const auto outcomes = run(12, 3, [](std::size_t i) {
    if (i == 5) std::raise(SIGKILL);
    if (i == 6) _exit(3);
    if (i == 7) throw std::logic_error("a bug");
    return std::string("done");
  });
  ASSERT_EQ(outcomes.size(), 12U);
  for (const auto& [i, outcome] : outcomes) {
    EXPECT_EQ(outcome.answer, i >= 5 && i <= 7 ? "" : "done") << i;
  }
  EXPECT_THAT(outcomes.at(5).failure, HasSubstr("signal 9"));
  EXPECT_EQ(outcomes.at(5).attempts, kAttempts);
  EXPECT_EQ(outcomes.at(6).failure, "the worker ended with exit code 3");
  EXPECT_EQ(outcomes.at(7).failure, "a bug");
  EXPECT_EQ(outcomes.at(7).attempts, 1U);
}

TEST(Workers, AreTriedOnceMore) {
  SharedCount count;
  const auto outcomes = run(1, 1, [&count](std::size_t) {
    if (count.next() == 0) std::raise(SIGKILL);
    return std::string("at last");
  });
  EXPECT_EQ(outcomes.at(0).answer, "at last");
  EXPECT_EQ(outcomes.at(0).attempts, 2U);
}

TEST(Workers, AreKilledWhenItIsEnough) {
  unsigned asked = 0;
  unsigned delivered = 0;
  run_in_workers(
      pieces(4), 2,
      [](std::size_t) {
        sleep(1000);
        return std::string();
      },
      [&](const Outcome&) { ++delivered; }, [&] { return ++asked < 3; });
  EXPECT_EQ(delivered, 0U);
}

}  // namespace
}  // namespace tessera::sweep
