// `tessera diff` as people use it.

#include <nlohmann/json.hpp>

#include "tb/unit/cli/golden_results.hpp"

namespace tessera::cli {
namespace {

using ::testing::HasSubstr;

class DiffOfResults : public GoldenResults {
 protected:
  /// The golden result with other refills and cycles of the method mmap.
  void write_changed(const std::string& name, double factor) const {
    auto json = nlohmann::ordered_json::parse(contents_of(folder_ / "old.json"));
    auto& total = json["results"][1]["cycles"]["total"];
    total = static_cast<std::uint64_t>(factor * total.get<double>());
    json["results"][1]["counters"]["tlb_refills"] = 3000;
    write_text(folder_ / name, json.dump());
  }
};

TEST_F(DiffOfResults, ShowsChangesAndFailsAboveTheThreshold) {
  write_changed("changed.json", 1.03);
  const Finished plain = tessera("diff old.json changed.json", folder_);
  EXPECT_EQ(plain.exit_code, 0);
  EXPECT_THAT(plain.out, HasSubstr("The configurations are the same."));
  EXPECT_THAT(plain.out, HasSubstr("+3.00 %"));
  const Finished above = tessera("diff old.json changed.json --fail-above 2%", folder_);
  EXPECT_EQ(above.exit_code, 1);
  EXPECT_THAT(above.out, HasSubstr("\nAbove 2 %: cycles_per_access of mmap: +3.00 %\n"));
  EXPECT_EQ(tessera("diff old.json changed.json --fail-above 3.1%", folder_).exit_code, 0);
  EXPECT_EQ(tessera("diff changed.json old.json --fail-above 2", folder_).exit_code, 0);
  EXPECT_EQ(
      tessera("diff old.json changed.json --fail-above 40% --of tlb_refills", folder_).exit_code,
      1);
  EXPECT_EQ(tessera("diff old.json changed.json --fail-above 50% --of tlb_refills,vmas", folder_)
                .exit_code,
            0);
}

TEST_F(DiffOfResults, ReadsOldResultsBesideNewOnes) {
  const Finished finished = tessera("diff old.json r.json --fail-above 0%", folder_);
  EXPECT_EQ(finished.exit_code, 0) << finished.out << finished.err;
  EXPECT_THAT(finished.out, HasSubstr("No figure changed."));
}

TEST_F(DiffOfResults, FailsWhenAMethodIsGoneOrEndsEarly) {
  auto json = nlohmann::ordered_json::parse(contents_of(folder_ / "old.json"));
  json["results"].erase(4);
  write_text(folder_ / "fewer.json", json.dump());
  EXPECT_EQ(tessera("diff old.json fewer.json --fail-above 2%", folder_).exit_code, 1);
  EXPECT_EQ(tessera("diff fewer.json old.json --fail-above 2%", folder_).exit_code, 0);
}

TEST_F(DiffOfResults, RefusesWhatItCannotUse) {
  auto newer = nlohmann::ordered_json::parse(contents_of(folder_ / "r.json"));
  newer["schema_version"] = 99;
  write_text(folder_ / "newer.json", newer.dump());
  expect_refusal("diff r.json newer.json", "newer.json: schema_version 99 is of a newer");
  expect_refusal("diff r.json", "AFTER is required");
  expect_refusal("diff r.json missing.json", "missing.json: cannot read this file");
  for (const char* share : {"two", "-1%", "2%%", "%", "nan", "1e999", "2 percent"}) {
    expect_refusal("diff r.json r.json --fail-above='" + std::string(share) + "'",
                   "is no percentage, such as 2%");
  }
  expect_refusal("diff r.json r.json --fail-above 2% --of tlb_refils",
                 "no figure 'tlb_refils'; did you mean 'tlb_refills'?");
  expect_refusal("diff r.json r.json --of vmas", "there is no --fail-above");
}

}  // namespace
}  // namespace tessera::cli
