// Reading results: what is read, what is refused and how, and whether this program's idea of the
// schema is that of the Python library jsonschema.

#include "sw/report/document.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/types/user_error.hpp"
#include "sw/report/comparison.hpp"
#include "sw/report/schema.hpp"
#include "sw/report/temporary_folder.hpp"

namespace tessera::report {
namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;
using ::testing::HasSubstr;

const std::string kVersion1File = TESSERA_GOLDEN_RESULTS "/version-1.json";
const std::string kEverySectionFile = TESSERA_GOLDEN_RESULTS "/every-section.json";

std::string refusal(const std::string& text) {
  try {
    parse_document(text, "r.json");
  } catch (const UserError& error) {
    EXPECT_EQ(std::string(error.what()).find('\n'), std::string::npos);
    return error.what();
  }
  return "";
}

ordered_json present_document() { return read_document(kEverySectionFile); }

TEST(Document, IsReadAsItWasWritten) {
  Report report;
  report.config = {{"workload", "window"}, {"core", "e500mc"}, {"kernel", "3.8"}, {"pte", 64}};
  report.kernel_costs = "measured";
  report.seed = 7;
  report.results.resize(2);
  report.results[0].method = machine::Method::Remap;
  report.results[0].counters.accesses = 10;
  report.results[0].cycles[1] = Cycles(33);
  report.results[0].error = "ENOMEM";
  report.results[1].interrupted = true;
  const ordered_json document = to_json(report);
  EXPECT_EQ(parse_document(document.dump(2), "r.json"), document);
  EXPECT_EQ(to_json(report_of(document, "r.json")), document);
}

TEST(Document, OfVersion1IsReadAsOneOfThePresentVersion) {
  const ordered_json document = read_document(kVersion1File);
  EXPECT_EQ(document["schema"], "tessera-result");
  EXPECT_EQ(document["schema_version"], 2);
  const Report report = report_of(document, kVersion1File);
  EXPECT_EQ(report.results.size(), 5U);
  // The verdict that the program printed when it wrote the file.
  EXPECT_THAT(verdict(report.results),
              HasSubstr("rfp wins with 361.1 cycles an access; rfp_nb takes 1.01x, mmap_pop takes "
                        "1.32x, mmap takes 1.34x."));
}

TEST(Document, OfANewerVersionIsRefused) {
  ordered_json document = present_document();
  document["schema_version"] = 3;
  EXPECT_THAT(refusal(document.dump()), HasSubstr("r.json: schema_version 3 is of a newer"));
}

TEST(Document, ThatIsNoneIsRefused) {
  EXPECT_EQ(refusal("{\n\"schema\": tessera"),
            "r.json:2: this is no JSON; expected is what --json wrote");
  EXPECT_THAT(refusal(""), HasSubstr("r.json:1: this is no JSON"));
  EXPECT_THAT(refusal("[1e999]"), HasSubstr("r.json: a number is too large"));
  for (const char* text : {"{}", "[]", "3", "null", R"({"schema": "other"})", R"({"schema": 1})"}) {
    EXPECT_THAT(refusal(text), HasSubstr("r.json: this is no result of tessera")) << text;
  }
  for (const char* version : {"0", "-1", "\"2\"", "1.5", "null"}) {
    EXPECT_THAT(
        refusal(R"({"schema": "tessera-result", "schema_version": )" + std::string(version) + "}"),
        HasSubstr("schema_version: has to be a whole number from 1 on"))
        << version;
  }
  EXPECT_THROW(read_document("no/such.json"), UserError);
}

/// One thing wrong with a document.
struct Damage {
  const char* message;
  std::function<void(ordered_json&)> damage;
};

const std::vector<Damage>& damages() {
  static const std::vector<Damage> all{
      {"the document: there is no member 'seed'", [](auto& d) { d.erase("seed"); }},
      {"the document: there must be no member 'extra'", [](auto& d) { d["extra"] = 1; }},
      {"seed: has to be at least 0", [](auto& d) { d["seed"] = -1; }},
      {"config: there is no member 'core'", [](auto& d) { d["config"].erase("core"); }},
      {"config.list: has to be of type string or number or boolean",
       [](auto& d) { d["config"]["list"] = ordered_json::array(); }},
      {"results: has to be of type array", [](auto& d) { d["results"] = "none"; }},
      {"results[1]: has to be of type object", [](auto& d) { d["results"][1] = 3; }},
      {"results[0]: there is no member 'method'", [](auto& d) { d["results"][0].erase("method"); }},
      {"results[0].error: has to be of type string or null",
       [](auto& d) { d["results"][0]["error"] = 12; }},
      {"results[0].counters.vmas: has to be of type integer",
       [](auto& d) { d["results"][0]["counters"]["vmas"] = "many"; }},
      {"results[0].cycles.user: has to be of type integer",
       [](auto& d) { d["results"][0]["cycles"]["user"] = 1.5; }},
      {"results[0].refills.conflict: has to be at least 0",
       [](auto& d) { d["results"][0]["refills"]["conflict"] = -3; }},
      {"results[0].refills.flush.va_dirty: has to be of type integer",
       [](auto& d) { d["results"][0]["refills"]["flush"]["va_dirty"] = true; }},
      {R"(results[0].intervals.unit: has to be "accesses" or "cycles")",
       [](auto& d) { d["results"][0]["intervals"]["unit"] = "hours"; }},
      {"results[0].intervals.every: has to be at least 1",
       [](auto& d) { d["results"][0]["intervals"]["every"] = 0; }},
      {"results[0].latencies.load.histogram[0]: has to have at least 2 elements",
       [](auto& d) { d["results"][0]["latencies"]["load"]["histogram"][0] = {1}; }},
      {"results[0].latencies.load.histogram[0]: has to have at most 2 elements",
       [](auto& d) {
         d["results"][0]["latencies"]["load"]["histogram"][0] = {1, 2, 3};
       }},
      {"results[0].slots.series.accesses[0]: has to be of type integer",
       [](auto& d) { d["results"][0]["slots"]["series"]["accesses"][0] = nullptr; }},
  };
  return all;
}

TEST(Document, ThatIsDamagedIsRefusedWithThePlace) {
  ASSERT_EQ(refusal(present_document().dump()), "");
  for (const Damage& damage : damages()) {
    ordered_json document = present_document();
    damage.damage(document);
    EXPECT_EQ(refusal(document.dump()), "r.json: " + std::string(damage.message));
  }
}

TEST(Document, NamesAMethodThatItDoesNotKnow) {
  ordered_json document = present_document();
  document["results"][0]["method"] = "mmapp";
  try {
    report_of(document, "r.json");
    FAIL();
  } catch (const UserError& error) {
    EXPECT_STREQ(error.what(), "r.json: there is no method 'mmapp'; did you mean 'mmap'?");
  }
}

TEST(Schema, HasNoWordThatIsNotUnderstood) {
  EXPECT_THROW(schema_violation(3, {{"maximum", 3}}), std::logic_error);
}

/// Which of the documents the program jsonschema takes for results of this version.
std::vector<bool> jsonschema_takes(const std::vector<ordered_json>& documents, int version) {
  const TemporaryFolder temporary;
  const fs::path& folder = temporary.path();
  std::string command = TESSERA_JSONSCHEMA " --output pretty";
  for (std::size_t i = 0; i < documents.size(); ++i) {
    const std::string file = (folder / (std::to_string(i) + ".json")).string();
    std::ofstream(file) << documents[i].dump();
    command += " -i '" + file + "'";
  }
  const std::string said = (folder / "said").string();
  command +=
      " '" TESSERA_SCHEMAS "/result-" + std::to_string(version) + ".json' >'" + said + "' 2>&1";
  EXPECT_NE(std::system(command.c_str()), -1);
  std::ifstream file(said);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  std::vector<bool> takes;
  for (std::size_t i = 0; i < documents.size(); ++i) {
    const std::string of = "===(" + (folder / (std::to_string(i) + ".json")).string() + ")===";
    const bool taken = text.find("[SUCCESS]" + of) != std::string::npos;
    EXPECT_NE(taken, text.find("[ValidationError]" + of) != std::string::npos) << text;
    takes.push_back(taken);
  }
  return takes;
}

TEST(Schema, IsReadHereAsJsonschemaReadsIt) {
  const ordered_json old = ordered_json::parse(std::ifstream(kVersion1File));
  EXPECT_EQ(jsonschema_takes({old, present_document()}, 1), (std::vector<bool>{true, false}));
  std::vector<ordered_json> documents{present_document(), old};
  for (const Damage& damage : damages()) {
    documents.push_back(present_document());
    damage.damage(documents.back());
  }
  const std::vector<bool> takes = jsonschema_takes(documents, 2);
  EXPECT_TRUE(takes.front());
  for (std::size_t i = 1; i < takes.size(); ++i) {
    EXPECT_FALSE(takes[i]) << i;
  }
  EXPECT_GE(takes.size(), 20U);
}

}  // namespace
}  // namespace tessera::report
