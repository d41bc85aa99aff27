// The command as people use it: the program itself, its output and its exit codes.

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tb/unit/cli/command_line.hpp"
#include "tb/unit/sanitized.hpp"

namespace tessera::cli {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class Command : public CommandLine {};

constexpr const char* kSmall = "compare --accesses 2000 ";

TEST_F(Command, ComparesAllMethodsInOneTable) {
  const Finished finished = tessera(kSmall, folder_);
  EXPECT_EQ(finished.exit_code, 0);
  for (const char* method : {"\nnone ", "\nmmap ", "\nmmap_pop ", "\nrfp ", "\nrfp_nb "}) {
    EXPECT_THAT(finished.out, HasSubstr(method));
  }
  EXPECT_THAT(finished.out, HasSubstr("wins with"));
  EXPECT_THAT(finished.out, HasSubstr("accesses/s"));
}

TEST_F(Command, WritesTheSameJsonTwiceAndAnotherForAnotherSeed) {
  for (const char* arguments : {"--json a.json", "--json b.json", "--seed 2 --json c.json"}) {
    EXPECT_EQ(tessera(std::string(kSmall) + arguments, folder_).exit_code, 0);
  }
  const auto a = nlohmann::json::parse(contents_of(folder_ / "a.json"));
  const auto c = nlohmann::json::parse(contents_of(folder_ / "c.json"));
  EXPECT_EQ(contents_of(folder_ / "a.json"), contents_of(folder_ / "b.json"));
  EXPECT_NE(a["results"].at(0)["cycles"], c["results"].at(0)["cycles"]);
  EXPECT_EQ(a["results"].size(), 5U);
}

/// The JSON of a run, without the name of the engine.
std::string without_engine(const fs::path& path) {
  auto json = nlohmann::ordered_json::parse(contents_of(path));
  json["config"].erase("engine");
  return json.dump();
}

TEST_F(Command, GivesTheSameResultAndCyclesOnEveryEngine) {
  const std::string accesses = kSanitized ? "100" : "500";
  const std::string remaps = kSanitized ? "40" : "200";
  for (const std::string& workload :
       {"--accesses " + accesses,
        "--workload dbwin --core qemu --window-pages 128 --remaps " + remaps,
        "--workload dbwin --core e500v2 --touch 2 --pte 32 --remaps " + remaps,
        std::string("--workload dbwin --core e500v2 --methods mmap,hugetlb --nr-hugepages 24 "
                    "--element-pages 1024 --window-pages 14336 --file-pages 24576 --touch 20 "
                    "--remaps 40")}) {
    SCOPED_TRACE(workload);
    for (const std::string engine : {"transaction", "systemc", "rtl"}) {
      std::string arguments = "compare " + workload;
      arguments += " --engine " + engine;
      arguments += " --json " + engine;
      arguments += ".json";
      const Finished finished = tessera(arguments, folder_);
      EXPECT_EQ(finished.exit_code, 0) << finished.err;
    }
    const std::string expected = without_engine(folder_ / "transaction.json");
    EXPECT_EQ(without_engine(folder_ / "systemc.json"), expected);
    EXPECT_EQ(without_engine(folder_ / "rtl.json"), expected);
  }
}

TEST_F(Command, RefusesSizesThatTheRtlWasNotTranslatedFor) {
  expect_refusal("compare --engine rtl --set mmu.tlb0_ways=2", "engine rtl is built for the core");
}

TEST_F(Command, ComparesHugePagesWhenAskedTo) {
  const Finished finished =
      tessera(std::string(kSmall) + "--methods mmap,hugetlb --element-pages 1024 --nr-hugepages 27",
              folder_);
  EXPECT_EQ(finished.exit_code, 0) << finished.err;
  EXPECT_THAT(finished.out, HasSubstr("\nhugetlb "));
}

TEST_F(Command, RefusesHugePagesThatCannotBe) {
  const std::string huge = "compare --methods mmap,hugetlb ";
  expect_refusal(huge + "--nr-hugepages 27", "element_pages is 4: method hugetlb maps whole pages");
  expect_refusal(huge + "--element-pages 1024", "nr_hugepages is 0: method hugetlb has the whole");
  expect_refusal(huge + "--element-pages 1024 --nr-hugepages 26", "huge pages, which are 27");
  expect_refusal(huge + "--element-pages 1024 --nr-hugepages 27 --window-pages 5000",
                 "window_pages is 5000");
  expect_refusal("compare --workload reverse --methods hugetlb --nr-hugepages 4",
                 "element_pages is 1");
  expect_refusal("compare --nr-hugepages 4 --pte 32", "with 32-bit PTEs has no huge pages");
  expect_refusal("compare --nr-hugepages 4 --kernel 2.6.11", "Linux 2.6.11");
  expect_refusal("compare --nr-hugepages 600", "memory.ram_mib is 2048, room for");
  expect_refusal("compare --nr-hugepages 4M", "--nr-hugepages: '4M' is not a whole number");
  expect_refusal("compare --nr-hugepages -1", "'-1' is not a whole number");
  expect_refusal("compare --nr-hugepages 16385", "from 0 to 16384");
  expect_refusal("compare --nr-hugepage 4", "did you mean '--nr-hugepages'?");
  expect_refusal("compare --methods hugetlbs", "did you mean 'hugetlb'?");
}

TEST_F(Command, ReadsItsOwnConfigurationBack) {
  for (const char* choice : {"--core e500v2 --window-pages 512 --set timing.rfi=7 ",
                             "--nr-hugepages 9 --methods mmap,hugetlb --element-pages 1024 ",
                             "--workload dbwin --remaps 50 --touch 2 --pte 32 "}) {
    const Finished printed = tessera(std::string("compare --print-config ") + choice, folder_);
    EXPECT_EQ(printed.exit_code, 0);
    write_text(folder_ / "lab.toml", printed.out);
    EXPECT_EQ(tessera("compare --print-config --config lab.toml", folder_).out, printed.out);
  }
  EXPECT_THAT(contents_of(folder_ / "lab.toml"), HasSubstr("remaps = 50"));
}

TEST_F(Command, TakesTheFileFirstThenFlagsThenSettings) {
  write_text(folder_ / "lab.toml", "seed = 5\nwindow_pages = 64\n[timing]\nrfi = 9\n");
  const Finished printed =
      tessera("compare --print-config --config lab.toml --seed 6 --set timing.rfi=4 --core e500v2",
              folder_);
  EXPECT_THAT(printed.out, HasSubstr("seed = 6 "));
  EXPECT_THAT(printed.out, HasSubstr("window_pages = 64 "));
  EXPECT_THAT(printed.out, HasSubstr("rfi = 4 "));
  EXPECT_THAT(printed.out, HasSubstr("tlb1_entries = 16 "));
}

TEST_F(Command, ReadsAStreamOfOnesOwn) {
  write_text(folder_ / "my.blocks", "# block_bytes=8192 blocks=64\nR 1\nW 63\nR 1\n");
  const Finished finished =
      tessera("compare --stream my.blocks --window-pages 8 --methods rfp", folder_);
  EXPECT_EQ(finished.exit_code, 0);
  EXPECT_THAT(finished.out, HasSubstr("6 accesses simulated"));
}

TEST_F(Command, RefusesStreamsItCannotUse) {
  expect_refusal("compare --stream missing.blocks", "missing.blocks: cannot read this file");
  write_text(folder_ / "bad.blocks", "R 1\nREAD 2\n");
  expect_refusal("compare --stream bad.blocks", "bad.blocks:2: 'READ 2' is not an access");
  write_text(folder_ / "far.blocks", "# blocks=4\nR 1\nR 4\n");
  expect_refusal("compare --stream far.blocks", "far.blocks:3: block 4 is beyond the file");
  write_text(folder_ / "cut.zst", std::string("\x28\xB5\x2F\xFD\x04\x00", 6));
  expect_refusal("compare --stream cut.zst", "cut.zst: zstd data cut off");
}

TEST_F(Command, RefusesSizesThatCannotBe) {
  expect_refusal("compare --window-pages 0", "'0' is not a whole number from 1");
  expect_refusal("compare --window-pages 3", "the window must hold an element");
  expect_refusal("compare --window-pages 12x", "'12x' is not a whole number");
  expect_refusal("compare --file-pages 4", "beyond a file of 4 pages");
  expect_refusal("compare --set mmu.tlb0_sets=0", "tlb0_sets is 0, but must be 1..16384");
  expect_refusal("compare --set memory.l1d_kib=33", "memory.l1d");
  expect_refusal("compare --workload dbwin --window-pages 700000", "a 32-bit process has room");
}

TEST_F(Command, RefusesNamesItDoesNotKnowAndSuggestsOne) {
  expect_refusal("compare --methods mmap,rpf", "no 'rpf'; did you mean 'rfp'?");
  expect_refusal("compare --core e500mx", "did you mean 'e500mc'?");
  expect_refusal("compare --kernel 3.9", "no '3.9'");
  expect_refusal("compare --set mmu.tlb0_wasy=4", "did you mean 'mmu.tlb0_ways'?");
  expect_refusal("compare --set tlb0_way=4", "did you mean 'mmu.tlb0_ways'?");
  expect_refusal("compare --windo-pages 4", "no '--windo-pages'; did you mean '--window-pages'?");
  expect_refusal("compair", "no 'compair'; did you mean 'compare'?");
  expect_refusal("", "no command; there is compare, resume, report, diff, workloads, sweep");
  expect_refusal("replay", "replay: no command; there is mmu, vm");
  expect_refusal("replay mmo x", "no 'mmo'; did you mean 'mmu'?");
}

TEST_F(Command, RefusesConfigurationFilesWithFileAndLine) {
  write_text(folder_ / "a.toml", "seed = 1\n[mmu]\ntlb0_wayz = 3\n");
  expect_refusal("compare --config a.toml", "a.toml:3: unknown parameter 'mmu.tlb0_wayz'");
  write_text(folder_ / "b.toml", "seed = \n");
  expect_refusal("compare --config b.toml", "b.toml:1: ");
  write_text(folder_ / "c.toml", "\nseed = 1.5\n");
  expect_refusal("compare --config c.toml", "c.toml:2: seed: '1.5' is not a whole number");
  write_text(folder_ / "e.toml", "\nseed = [1]\n");
  expect_refusal("compare --config e.toml", "e.toml:2: 'seed' must be");
  write_text(folder_ / "d.toml", "touch = 2\n");
  expect_refusal("compare --config d.toml", "d.toml:1: 'touch' belongs to the workload dbwin");
}

TEST_F(Command, RefusesParametersOfTheOtherWorkload) {
  expect_refusal("compare --remaps 3", "'remaps' belongs to the workload dbwin");
  expect_refusal("compare --workload dbwin --accesses 3", "belongs to the workload window");
}

TEST_F(Command, RefusesToWriteWhereItCannot) {
  expect_refusal("compare --json no/such/folder.json", "there is no folder no/such");
  expect_refusal("compare --json .", "it is a folder");
}

TEST_F(Command, ReplaysRecordedLogs) {
  const Finished finished = tessera("replay mmu '" QEMU_LOG "'", folder_);
  EXPECT_EQ(finished.exit_code, 0);
  EXPECT_THAT(finished.out, HasSubstr("\nNot compared:\n"));
  EXPECT_THAT(finished.out, ::testing::EndsWith(" checks, 0 mismatches\n"));
}

TEST_F(Command, TellsWhatAReplayOnAnotherCoreLeavesOut) {
  const Finished finished = tessera("replay mmu --core e500mc '" QEMU_LOG "'", folder_);
  EXPECT_EQ(finished.exit_code, 0);
  EXPECT_THAT(finished.out, HasSubstr(" differed): mas0[ESEL] after a TLB error"));
  EXPECT_THAT(finished.out, ::testing::EndsWith(" checks, 0 mismatches\n"));
}

TEST_F(Command, EndsWithOneWhenAReplayDiffers) {
  write_text(folder_ / "wrong.log",
             "H format=1 seed=1\nE 0 end-of-dump\n"
             "O 0 mtpid val=1 => res=ok pid=2 mas0=0 mas1=0 mas2=0 mas3=0 mas4=100 mas6=0 mas7=0\n"
             "Z done 1\n");
  const Finished finished = tessera("replay mmu wrong.log", folder_);
  EXPECT_EQ(finished.exit_code, 1);
  EXPECT_THAT(finished.out, HasSubstr("wrong.log:3: pid: expected 2, got 1\n"));
}

TEST_F(Command, RefusesLogsThatAreNone) {
  write_text(folder_ / "stream.log", "R 1\n");
  expect_refusal("replay mmu stream.log", "stream.log:1: this is no log of MMU operations");
  write_text(folder_ / "cut.log", "H format=1 seed=1\nO 0 mtpid\n");
  expect_refusal("replay mmu cut.log", "cut.log:2: there is no val=");
  expect_refusal("replay mmu missing.log", "missing.log: cannot read this file");
  expect_refusal("replay mmu --core e500 stream.log", "no 'e500'");
  expect_refusal("replay mmu", "LOG is required");
}

TEST_F(Command, RefusesToWriteOverWhatItReadsOrWrites) {
  write_text(folder_ / "s.blocks", "# block_bytes=4096 blocks=9\nR 1\n");
  write_text(folder_ / "c.toml", "accesses = 10\n");
  std::filesystem::create_symlink("c.toml", folder_ / "link");
  expect_refusal("compare --stream s.blocks --json ./s.blocks",
                 "the same file as that of --stream");
  expect_refusal("compare --config c.toml --html link", "the same file as that of --config");
  expect_refusal("compare --json a --html a --accesses 10", "a: the same file as that of");
  expect_refusal("compare --json a --checkpoint a --checkpoint-every 1", "a: the same file");
  expect_refusal("report c.toml -o c.toml", "c.toml: the same file");
  EXPECT_EQ(contents_of(folder_ / "c.toml"), "accesses = 10\n");
}

TEST_F(Command, RefusesEmptyValues) {
  for (const char* option : {"--json", "--checkpoint-every", "--kernel", "--timeline"}) {
    expect_refusal(std::string("compare --accesses 10 ") + option + " ''",
                   std::string(option) + ": its value is empty");
  }
  expect_refusal("diff a b --fail-above ''", "--fail-above: its value is empty");
}

TEST_F(Command, RefusesFoldersWhereAFileIsToBeRead) {
  std::filesystem::create_directory(folder_ / "d");
  for (const char* command : {"report d", "diff d d", "compare --stream d", "compare --config d",
                              "resume d", "sweep d", "replay mmu d", "replay vm d"}) {
    expect_refusal(command, "d: this is a folder; name a file in it");
  }
}

TEST_F(Command, RefusesTheSeedThatTheGeneratorCannotTake) {
  expect_refusal("compare --workload dbwin --seed 18446744073709551615", "18446744073709551615");
}

TEST_F(Command, SaysThatItsTableWentNowhere) {
  if (!std::filesystem::exists("/dev/full")) {
    GTEST_SUCCEED() << "this system has no /dev/full";
    return;
  }
  const std::string command = "cd '" + folder_.string() + "' && '" + TESSERA_COMMAND +
                              "' compare --accesses 10 --methods none >/dev/full 2>err";
  EXPECT_EQ(WEXITSTATUS(std::system(command.c_str())), 2);
  EXPECT_EQ(contents_of(folder_ / "err"),
            "tessera: cannot write to the standard output: No space left on device\n");
}

TEST_F(Command, LeavesNoHalfAFileAboveALimitOfSizes) {
  const std::string command = "cd '" + folder_.string() + "' && (ulimit -f 8; '" + TESSERA_COMMAND +
                              "' compare --accesses 10 --html r.html >/dev/null 2>err)";
  EXPECT_EQ(WEXITSTATUS(std::system(command.c_str())), 2);
  EXPECT_EQ(contents_of(folder_ / "err"),
            "tessera: r.html: cannot write this file: File too large\n");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_), {}), 1);
}

TEST_F(Command, TellsAboutRunsThatEndEarly) {
  const Finished finished = tessera(
      "compare --workload dbwin --set vm.max_map_count=100 --methods mmap,rfp --json r.json",
      folder_);
  EXPECT_EQ(finished.exit_code, 0);
  EXPECT_THAT(finished.out, HasSubstr("mmap ended with ENOMEM after"));
  const auto json = nlohmann::json::parse(contents_of(folder_ / "r.json"));
  EXPECT_EQ(json["results"].at(0)["error"], "ENOMEM");
  EXPECT_TRUE(json["results"].at(1)["error"].is_null());
}

TEST_F(Command, PrintsWhatIsDoneWhenInterrupted) {
  const Finished finished = tessera_interrupted(
      "compare --workload dbwin --remaps 4000000000 --methods rfp,mmap", folder_, 1.5);
  EXPECT_EQ(finished.exit_code, 130);
  EXPECT_THAT(finished.out, HasSubstr("rfp ended with interrupted after"));
  EXPECT_THAT(finished.err, HasSubstr("rounds/s"));
}

}  // namespace
}  // namespace tessera::cli
