// docs/reference is what the program prints, and what it prints is held to what the program does:
// to --help, --print-config and the JSON of a run.

#include <regex>
#include <set>

#include <fmt/core.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "sw/cli/reference_pages.hpp"
#include "sw/workload/registry.hpp"
#include "tb/unit/cli/command_line.hpp"

namespace tessera::cli {
namespace {

using ::testing::HasSubstr;
using Words = std::set<std::string>;

/// The first group of every match.
Words all_of(const std::string& text, const std::string& pattern) {
  const std::regex expression(pattern, std::regex::ECMAScript | std::regex::multiline);
  Words words;
  for (std::sregex_iterator at(text.begin(), text.end(), expression), end; at != end; ++at) {
    words.insert((*at)[1]);
  }
  return words;
}

/// What the rows of a page, or of one of its sections, begin with.
Words first_cells(const std::string& text) { return all_of(text, "^\\| `([^`]+)` \\|"); }

std::string section_of(const std::string& page, const std::string& title) {
  const std::size_t from = page.find("\n## " + title + "\n");
  EXPECT_NE(from, std::string::npos) << title;
  return from == std::string::npos ? "" : page.substr(from, page.find("\n## ", from + 1) - from);
}

class Reference : public CommandLine {
 protected:
  std::string page(const std::string& name) const {
    const Finished finished = tessera("reference " + name, folder_);
    EXPECT_EQ(finished.exit_code, 0) << finished.err;
    return finished.out;
  }
};

TEST_F(Reference, IsInTheDocumentsAsTheProgramPrintsIt) {
  Words pages;
  for (const ReferencePage& one : reference_pages()) {
    const std::string name(one.name);
    EXPECT_TRUE(contents_of(std::filesystem::path(REFERENCE_PAGES) / (name + ".md")) == page(name))
        << "build/release/tessera reference " << name << " >docs/reference/" << name
        << ".md makes it anew";
    pages.insert(name + ".md");
  }
  Words files;
  for (const auto& file : std::filesystem::directory_iterator(REFERENCE_PAGES)) {
    files.insert(file.path().filename());
  }
  EXPECT_EQ(files, pages);
}

TEST_F(Reference, IsListedAndRefusesOtherPages) {
  const std::string list = tessera("reference", folder_).out;
  EXPECT_THAT(list, HasSubstr("parameters  every parameter of --print-config\n"));
  expect_refusal("reference counter", "reference: there is no 'counter'");
  expect_refusal("reference results", "did you mean 'result'?");
}

TEST_F(Reference, HasEveryOptionOfEveryCommandsHelp) {
  const std::string commands = page("commands");
  std::size_t options = 0;
  for (const std::string& command : all_of(commands, "^## `tessera ([^`]+)`$")) {
    SCOPED_TRACE(command);
    const std::string section = section_of(commands, "`tessera " + command + "`");
    Words shown =
        all_of(tessera(command + " --help", folder_).out, "^  (?:-[a-z],)?(--[a-z0-9-]+)");
    EXPECT_EQ(shown.erase("--help"), 1U);
    EXPECT_EQ(all_of(section, "^\\| `[^`]*(--[a-z0-9-]+)` \\|"), shown);
    options += shown.size();
  }
  EXPECT_GE(options, 90U);
}

TEST_F(Reference, HasTheParametersThatCanBePrinted) {
  Words printed;
  for (const workload::Description& workload : workload::workloads()) {
    const Finished finished =
        tessera("compare --print-config --workload " + workload.name, folder_);
    std::string table;
    std::istringstream lines(finished.out);
    for (std::string line; std::getline(lines, line);) {
      if (line.starts_with("[")) table = line.substr(1, line.size() - 2) + ".";
      if (const std::size_t equals = line.find(" = "); equals != std::string::npos) {
        printed.insert(table + line.substr(0, equals));
      }
    }
  }
  EXPECT_GE(printed.size(), 110U);
  EXPECT_EQ(first_cells(page("parameters")), printed);
}

/// Names of the members of an object.
Words names_in(const nlohmann::json& object) {
  Words names;
  for (const auto& [name, value] : object.items()) names.insert(name);
  return names;
}

class ResultReference : public Reference {
 protected:
  void SetUp() override {
    Reference::SetUp();
    const std::string run = "compare --workload dbwin --remaps 300 --methods mmap --json r.json";
    ASSERT_EQ(tessera(run + " --walker tablewalk --interval 100", folder_).exit_code, 0);
    document_ = nlohmann::json::parse(contents_of(folder_ / "r.json"));
    result_ = document_["results"][0];
    page_ = page("result");
  }

  nlohmann::json document_;
  nlohmann::json result_;
  std::string page_;
};

TEST_F(ResultReference, HasTheNumbersOfAResultAndNoOthers) {
  const Words counters = first_cells(section_of(page_, "Counters"));
  EXPECT_EQ(counters, names_in(result_["counters"]));
  EXPECT_GE(counters.size(), 44U);

  Words parts = first_cells(section_of(page_, "Parts of the cycles"));
  EXPECT_EQ(parts, names_in(result_["activities"]));
  parts.insert({"total", "kernel"});
  EXPECT_EQ(parts, names_in(result_["cycles"]));
  EXPECT_EQ(first_cells(section_of(page_, "Activities")), names_in(result_["activities"]["user"]));
  EXPECT_EQ(first_cells(section_of(page_, "Latencies")), names_in(result_["latencies"]));
}

TEST_F(ResultReference, HasTheClassesOfRefills) {
  const std::string section = section_of(page_, "Classes of refills");
  const Words names = first_cells(section);
  Words classes = names_in(result_["refills"]);
  EXPECT_EQ(classes.size(), 5U);
  classes.insert({"va", "pid", "all"});
  for (const std::string& counter : names_in(result_["counters"])) {
    if (counter.starts_with("flushes_")) classes.insert(counter.substr(8));
  }
  EXPECT_EQ(names, classes);
  EXPECT_FALSE(result_["refills"]["flush"].empty());
  for (const std::string& flush : names_in(result_["refills"]["flush"])) {
    const std::size_t bar = flush.find('_');
    EXPECT_TRUE(names.count(flush.substr(0, bar)) == 1 && names.count(flush.substr(bar + 1)) == 1)
        << flush;
  }
}

TEST_F(ResultReference, HasTheMembersOfTheDocument) {
  const Words members = first_cells(page_.substr(0, page_.find("\n## ")));
  for (const std::string& name : names_in(document_)) EXPECT_EQ(members.count(name), 1U) << name;
  for (const std::string& name : names_in(result_)) {
    EXPECT_EQ(members.count("results[]." + name), 1U) << name;
  }
  for (const auto& [path, object] : {std::pair{"intervals.", result_["intervals"]},
                                     {"slots.", result_["slots"]},
                                     {"slots.series.", result_["slots"]["series"]},
                                     {"latencies.*.", result_["latencies"]["load"]}}) {
    for (const std::string& name : names_in(object)) {
      EXPECT_EQ(members.count("results[]." + std::string(path) + name), 1U) << path << name;
    }
  }
  EXPECT_THAT(page_, ::testing::Not(HasSubstr("|  |\n"))) << "a member without a meaning";
}

}  // namespace
}  // namespace tessera::cli
