// The SQLite file: what it holds, what it takes from another, what it refuses.

#include "sw/sweep/database.hpp"

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/types/user_error.hpp"
#include "tb/unit/folder_test.hpp"

namespace tessera::sweep {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;

Plan small_plan() {
  Plan plan;
  plan.name = "small.toml";
  plan.axes = {"mmu.tlb0_sets", "pte"};
  plan.configurations = {{{{"mmu.tlb0_sets", 64}, {"pte", "a"}}, {{"core", "e500mc"}}},
                         {{{"mmu.tlb0_sets", 65}, {"pte", "b"}}, nullptr}};
  plan.runs = {{"k1", 0, "mmap", 1, ""},
               {"k2", 0, "rfp", 1, ""},
               {"k3", 0, "rfp", 2, ""},
               {"k4", 1, "rfp", 0, "65 is no power of two"}};
  return plan;
}

FinishedRun finished_run(const std::string& key, std::uint64_t cycles) {
  return {key, "done", "", 1, 0.5, {{"cycles.total", cycles}}};
}

class SweepDatabase : public FolderTest {
 protected:
  std::string path(const char* name) const { return (folder_ / name).string(); }

  static std::string one(Database& database, const std::string& sql) {
    Statement select(database.sqlite(), sql);
    return select.step() ? select.text(0) : "no row";
  }

  /// What a UserError says; empty when there is none.
  template <class Action>
  static std::string refusal(const Action& action) {
    try {
      action();
      return "";
    } catch (const UserError& error) {
      return error.what();
    }
  }
};

TEST_F(SweepDatabase, HoldsWhatIsToBeDoneAndWhatWasFound) {
  {
    Database database(path("a"), small_plan(), Database::Journal::Wal);
    EXPECT_THAT(database.missing(), UnorderedElementsAre("k1", "k2", "k3"));
    database.add({finished_run("k1", 700), {"k2", "crashed", "signal 9", 2, 0.1, {}}});
  }
  Database database(path("a"), small_plan(), Database::Journal::Wal);
  EXPECT_THAT(database.missing(), UnorderedElementsAre("k2", "k3"));
  database.add({finished_run("k1", 900), finished_run("k2", 800)});
  EXPECT_EQ(one(database, "SELECT \"cycles.total\" FROM result WHERE method = 'mmap'"), "700");
  EXPECT_EQ(one(database, "SELECT \"pte\" FROM result WHERE seed = 0"), "b");
  EXPECT_EQ(one(database, "SELECT error FROM result WHERE \"mmu.tlb0_sets\" = 65"),
            "65 is no power of two");
  EXPECT_EQ(one(database, "SELECT COUNT(*) FROM run WHERE key = 'k2' AND error IS NULL"), "1");
  const Tally tally = database.tally();
  EXPECT_EQ(tally.done, 2U);
  EXPECT_EQ(tally.missing, 1U);
  EXPECT_EQ(tally.refused, 1U);
  EXPECT_EQ(tally.all(), 4U);
}

TEST_F(SweepDatabase, TakesTheResultsOfSlicesOnce) {
  Database all(path("all"), small_plan(), Database::Journal::Wal);
  all.add({{"k2", "crashed", "signal 9", 2, 0.1, {}}});
  {
    Database slice(path("slice"), small_plan(), Database::Journal::Plain);
    slice.add({finished_run("k1", 700), {"k3", "crashed", "signal 11", 2, 0.1, {}}});
  }
  for (int again = 0; again < 2; ++again) {
    all.merge(path("slice"));
    EXPECT_EQ(all.tally().done, 1U);
    EXPECT_EQ(all.tally().crashed, 2U);
    EXPECT_EQ(one(all, "SELECT COUNT(*) FROM value"), "1");
  }
  {
    Database slice(path("slice"), small_plan(), Database::Journal::Plain);
    slice.add({finished_run("k2", 800), finished_run("k3", 900)});
  }
  all.merge(path("slice"));
  EXPECT_EQ(all.tally().done, 3U);
  EXPECT_EQ(one(all, "SELECT SUM(value) FROM value"), "2400");
}

TEST_F(SweepDatabase, RefusesWhatIsOfAnotherSweepOrVersion) {
  { const Database database(path("a"), small_plan(), Database::Journal::Wal); }
  Plan other = small_plan();
  other.runs.pop_back();
  EXPECT_THAT(refusal([&] { Database(path("a"), other, Database::Journal::Wal); }),
              HasSubstr("a: holds another sweep (small.toml)"));
  { const Database database(path("b"), other, Database::Journal::Wal); }
  Database database(path("a"), small_plan(), Database::Journal::Wal);
  EXPECT_THAT(refusal([&] { database.merge(path("b")); }), HasSubstr("results of another sweep"));
  database.sqlite().execute("UPDATE sweep SET value = '99' WHERE name = 'schema_version'");
  EXPECT_THAT(refusal([&] { Database reader(path("a")); }), HasSubstr("schema_version 99"));
  database.sqlite().execute("UPDATE sweep SET value = '1' WHERE name = 'schema_version'");
  database.sqlite().execute("UPDATE sweep SET value = '0.0' WHERE name = 'tessera_version'");
  EXPECT_THAT(refusal([&] { Database(path("a"), small_plan(), Database::Journal::Wal); }),
              HasSubstr("tessera 0.0 began this sweep"));
}

TEST_F(SweepDatabase, BeginsAgainInAFileWithoutTables) {
  {
    // What a process leaves that is killed before it has made the tables.
    Sqlite early(path("a"), Sqlite::Open::Create);
    early.execute("PRAGMA journal_mode = WAL");
  }
  ASSERT_GT(fs::file_size(path("a")), 0U);
  Database database(path("a"), small_plan(), Database::Journal::Wal);
  EXPECT_EQ(database.tally().missing, 3U);
}

TEST(NumbersOfAResult, AreNamedByTheirPaths) {
  const auto numbers =
      numbers_of({{"a", 1}, {"b", {{"c", 2}, {"d", {{"e", 2.5}}}}}, {"f", "text"}, {"g", {1, 2}}});
  EXPECT_EQ(numbers.size(), 3U);
  EXPECT_EQ(numbers.at("a"), 1);
  EXPECT_EQ(numbers.at("b.c"), 2);
  EXPECT_EQ(numbers.at("b.d.e"), 2.5);
}

// FNV-1a of "foobar" from the test vectors of draft-eastlake-fnv.
TEST(KeyOfAText, BeginsWithItsFnv1aSum) {
  EXPECT_THAT(text_key("foobar"), ::testing::StartsWith("85944171f73967e8"));
  EXPECT_EQ(text_key("foobar").size(), 32U);
  EXPECT_NE(text_key("foobar").substr(16), text_key("foobaz").substr(16));
}

}  // namespace
}  // namespace tessera::sweep
