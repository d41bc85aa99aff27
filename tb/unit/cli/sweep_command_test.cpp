// `tessera sweep` as people use it.

#include <chrono>
#include <csignal>
#include <map>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <sys/wait.h>
#include <unistd.h>

#include "model/types/user_error.hpp"
#include "sw/sweep/database.hpp"
#include "tb/unit/cli/command_line.hpp"
#include "tb/unit/sanitized.hpp"

namespace tessera::cli {
namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr const char* kSmallSweep = R"(
methods = ["mmap", "rfp"]
workload = "dbwin"
remaps = 100
touch = 3
seeds = 2

[grid]
kernel = ["3.8", "6.1"]
window_pages = { from = 16, to = 100, factor = 4 }
element_pages = [1, 32]
)";
// 2 kernels, windows of 16 and 64 pages, 2 sizes of element, 2 methods, 2 seeds.
constexpr std::uint64_t kRuns = 32;
// Elements of 32 pages do not fit a window of 16.
constexpr std::uint64_t kRefused = 8;

class SweepCommandLine : public CommandLine {
 protected:
  Finished sweep(const std::string& arguments) { return tessera("sweep " + arguments, folder_); }

  void write_sweep(const std::string& text) { write_text(folder_ / "s.toml", text); }

  sweep::Tally tally() { return sweep::Database((folder_ / "s.sqlite").string()).tally(); }

  /// A value of the database, by an SQL query that has one.
  std::string one(const std::string& sql) {
    sweep::Database database((folder_ / "s.sqlite").string());
    sweep::Statement select(database.sqlite(), sql);
    return select.step() ? select.text(0) : "no row";
  }

  /// Runs that are done; none before there is a file with tables.
  std::uint64_t done() {
    try {
      return tally().done;
    } catch (const UserError&) {
      return 0;
    }
  }

  /// What a shell says of `tessera sweep s.toml` that gets a signal as soon as so many more runs
  /// are done. However fast the machine is, the sweep is then in the middle.
  int exit_code_signalled(int signal, std::uint64_t runs, const std::string& options) {
    const std::uint64_t before = done();
    const std::string command = "cd '" + folder_.string() + "' && exec '" + TESSERA_COMMAND +
                                "' sweep s.toml " + options + " >out 2>err </dev/null";
    const pid_t child = fork();
    if (child == 0) {
      execl("/bin/sh", "sh", "-c", command.c_str(), nullptr);
      _exit(127);
    }
    int status = 0;
    pid_t ended = 0;
    while (ended == 0 && done() - before < runs) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
      ended = waitpid(child, &status, WNOHANG);
    }
    if (ended == 0) {
      kill(child, signal);
      waitpid(child, &status, 0);
    }
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  }

  /// Every run's state, error and values, as CSV without what takes real time.
  std::string rows() {
    sweep::Database database((folder_ / "s.sqlite").string());
    sweep::Statement select(database.sqlite(),
                            "SELECT r.key, method, seed, state, error, name, value FROM run r "
                            "LEFT JOIN value ON run = r.key ORDER BY r.key, name");
    std::string text;
    while (select.step()) {
      for (int i = 0; i < select.columns(); ++i) {
        text += select.text(i) + ",";
      }
      text += "\n";
    }
    return text;
  }
};

TEST_F(SweepCommandLine, CountsBeforeItRuns) {
  write_sweep(kSmallSweep);
  const Finished finished = sweep("s.toml --dry-run");
  EXPECT_EQ(finished.exit_code, 0);
  EXPECT_THAT(finished.out, StartsWith("s.toml: 32 runs of 8 configurations; 8 of the runs cannot "
                                       "be configured, one for: window_pages is 16: "));
  EXPECT_FALSE(fs::exists(folder_ / "s.sqlite"));
}

TEST_F(SweepCommandLine, HasTheRowsThatCompareCounts) {
  write_sweep(kSmallSweep);
  ASSERT_EQ(sweep("s.toml").exit_code, 0);
  EXPECT_EQ(tally().done, kRuns - kRefused);
  EXPECT_EQ(tally().refused, kRefused);
  unsigned compared = 0;
  for (const char* kernel : {"3.8", "6.1"}) {
    for (const char* seed : {"1", "2"}) {
      ASSERT_EQ(tessera(std::string("compare --workload dbwin --methods mmap,rfp --remaps 100 "
                                    "--touch 3 --window-pages 64 --element-pages 32 --json r.json "
                                    "--kernel ") +
                            kernel + " --seed " + seed,
                        folder_)
                    .exit_code,
                0);
      const auto document = ordered_json::parse(contents_of(folder_ / "r.json"));
      for (const ordered_json& result : document["results"]) {
        const auto values = sweep::numbers_of(result);
        ASSERT_GT(values.size(), 30U);
        for (const auto& [name, value] : values) {
          EXPECT_EQ(one("SELECT value FROM value JOIN run r ON r.key = run JOIN configuration c ON "
                        "c.id = configuration WHERE json_extract(point, '$.window_pages') = 64 AND "
                        "json_extract(point, '$.element_pages') = 32 AND json_extract(point, "
                        "'$.kernel') = '" +
                        std::string(kernel) + "' AND seed = " + seed + " AND method = '" +
                        result["method"].get<std::string>() + "' AND name = '" + name + "'"),
                    value.dump())
              << name;
          ++compared;
        }
      }
    }
  }
  EXPECT_GT(compared, 8 * 30U);
}

TEST_F(SweepCommandLine, DoesNotDependOnHowManyRunAtOnceOrInWhichSlice) {
  write_sweep(kSmallSweep);
  ASSERT_EQ(sweep("s.toml --jobs 1").exit_code, 0);
  const std::string alone = rows();
  fs::remove(folder_ / "s.sqlite");
  for (const char* slice : {"0/3", "1/3", "2/3"}) {
    ASSERT_EQ(sweep(std::string("s.toml --jobs 3 --slice ") + slice).exit_code, 0);
  }
  EXPECT_EQ(rows(), alone);
  ASSERT_EQ(sweep("s.toml").exit_code, 0);
  EXPECT_EQ(rows(), alone);
  EXPECT_THAT(alone, HasSubstr("cycles.total"));
}

TEST_F(SweepCommandLine, GoesOnWhereItWasInterruptedOrKilled) {
  std::string slow = kSmallSweep;
  slow.replace(slow.find("remaps = 100"), 12, kSanitized ? "remaps = 1000" : "remaps = 10000");
  write_sweep(slow);
  ASSERT_EQ(sweep("s.toml").exit_code, 0);
  const std::string whole = rows();
  fs::remove(folder_ / "s.sqlite");

  for (const std::uint64_t runs : {0U, 3U, 7U}) {
    EXPECT_EQ(exit_code_signalled(SIGKILL, runs, ""), 128 + SIGKILL);
    EXPECT_LT(done(), kRuns - kRefused);
  }
  EXPECT_EQ(exit_code_signalled(SIGINT, 10, "--jobs 1"), 130);
  EXPECT_THAT(contents_of(folder_ / "out"), HasSubstr("the same command goes on"));
  EXPECT_LT(done(), kRuns - kRefused);
  EXPECT_EQ(one("PRAGMA integrity_check"), "ok");
  ASSERT_EQ(sweep("s.toml").exit_code, 0);
  EXPECT_EQ(rows(), whole);
}

// All of them find no file, one makes it, and nobody takes it from the others.
TEST_F(SweepCommandLine, FillsOneNewFileFromSeveralProcessesAtOnce) {
  write_sweep(kSmallSweep);
  ASSERT_EQ(sweep("s.toml").exit_code, 0);
  const std::string alone = rows();
  for (const char* slices : {"", "--slice $i/4"}) {
    SCOPED_TRACE(slices);
    for (int again = 0; again < (kSanitized ? 1 : 3); ++again) {
      fs::remove(folder_ / "s.sqlite");
      const std::string command = "cd '" + folder_.string() +
                                  "' && rm -f bad && for i in 0 1 2 3; do ('" + TESSERA_COMMAND +
                                  "' sweep s.toml --jobs 1 " + slices +
                                  " >out.$i 2>&1 || cat out.$i >>bad) & done; wait; [ ! -e bad ]";
      ASSERT_EQ(std::system(command.c_str()), 0) << contents_of(folder_ / "bad");
      ASSERT_EQ(rows(), alone);
    }
  }
}

// As somebody else's: SQLite can make no file beside it.
TEST_F(SweepCommandLine, LeavesAFileThatIsReadWhereNothingCanBeWritten) {
  write_sweep(kSmallSweep);
  for (const char* ended : {"whole", "by Ctrl-C", "of an older tessera"}) {
    SCOPED_TRACE(ended);
    if (ended == std::string("by Ctrl-C")) {
      fs::remove(folder_ / "s.sqlite");
      ASSERT_EQ(exit_code_signalled(SIGINT, 1, "--jobs 1"), 130);
    }
    ASSERT_EQ(sweep("s.toml").exit_code, 0);
    EXPECT_EQ(one("PRAGMA journal_mode"), "delete");
    fs::create_directory(folder_ / "theirs");
    fs::copy(folder_ / "s.sqlite", folder_ / "theirs/s.sqlite");
    if (ended == std::string("of an older tessera")) {
      sweep::Sqlite(folder_ / "theirs/s.sqlite", sweep::Sqlite::Open::Create)
          .execute("PRAGMA journal_mode = WAL");
    }
    fs::permissions(folder_ / "theirs", fs::perms::owner_read | fs::perms::owner_exec);
    // Root may write everywhere, unless it gives that up.
    const std::string plain = geteuid() == 0 ? "setpriv --bounding-set=-all --inh-caps=-all " : "";
    const std::string command = "cd '" + folder_.string() + "' && " + plain + "'" +
                                TESSERA_COMMAND + "' sweep export theirs/s.sqlite --csv r.csv " +
                                ">out 2>&1";
    EXPECT_EQ(std::system(command.c_str()), 0) << contents_of(folder_ / "out");
    EXPECT_FALSE(fs::exists(folder_ / "theirs/s.sqlite-wal"));
    EXPECT_FALSE(fs::exists(folder_ / "theirs/s.sqlite-shm"));
    const std::string csv = contents_of(folder_ / "r.csv");
    EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 1 + kRuns);
    fs::permissions(folder_ / "theirs", fs::perms::owner_all);
    fs::remove_all(folder_ / "theirs");
  }
  expect_refusal("sweep report . -o x.html", ".: is a folder");
}

TEST_F(SweepCommandLine, GoesOnOnlyByTheBuildThatBegan) {
  write_sweep(kSmallSweep);
  ASSERT_EQ(sweep("s.toml --slice 0/2").exit_code, 0);
  const auto pretend = [&](const std::string& build) {
    sweep::Sqlite(folder_ / "s.sqlite", sweep::Sqlite::Open::Create)
        .execute("UPDATE sweep SET value = '" + build + "' WHERE name = 'build'");
  };
  const std::string build = one("SELECT value FROM sweep WHERE name = 'build'");
  EXPECT_EQ(build.size(), 16U);
  pretend("0123456789abcdef");
  expect_refusal("sweep s.toml", "s.sqlite: another build of tessera");
  pretend(build);
  ASSERT_EQ(sweep("s.toml").exit_code, 0);
  // There is nothing left to be mixed.
  pretend("0123456789abcdef");
  EXPECT_EQ(sweep("s.toml").exit_code, 0);
}

TEST_F(SweepCommandLine, ShowsRunsThatTheKernelEnds) {
  write_sweep(
      "methods = ['mmap', 'rfp']\nworkload = 'dbwin'\nremaps = 200\nvm.max_map_count = 20\n"
      "[grid]\nwindow_pages = [64]\n");
  ASSERT_EQ(sweep("s.toml").exit_code, 0);
  EXPECT_EQ(one("SELECT state || error FROM run WHERE method = 'mmap'"), "doneENOMEM");
  EXPECT_EQ(one("SELECT error IS NULL FROM run WHERE method = 'rfp'"), "1");
}

TEST_F(SweepCommandLine, ExportsALineARun) {
  write_sweep(kSmallSweep);
  ASSERT_EQ(sweep("s.toml").exit_code, 0);
  ASSERT_EQ(sweep("export s.sqlite --csv rows.csv").exit_code, 0);
  const std::string csv = contents_of(folder_ / "rows.csv");
  EXPECT_THAT(csv,
              StartsWith("configuration,kernel,window_pages,element_pages,method,seed,state,"));
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 1 + kRuns);
  EXPECT_THAT(csv, HasSubstr("\n0,3.8,16,1,mmap,1,done,,1,"));
}

TEST_F(SweepCommandLine, TakesTheFilesThatAFileExtends) {
  fs::create_directory(folder_ / "base");
  write_text(folder_ / "base/all.toml", "workload = 'dbwin'\nremaps = 7\nmethods = 'mmap'\n");
  write_text(folder_ / "base/base.toml",
             "extends = 'all.toml'\nseeds = 5\n[grid]\ntouch = [1, 2, 3]\nwindow_pages = [64]\n");
  write_sweep("extends = 'base/base.toml'\nseeds = 2\n[grid]\ntouch = [3]\n");
  EXPECT_EQ(sweep("s.toml --dry-run").out, "s.toml: 2 runs of 1 configurations\n");
  write_text(folder_ / "c.toml", "extends = 'base/all.toml'\nremaps = 8\n");
  EXPECT_THAT(tessera("compare --config c.toml --print-config", folder_).out,
              AllOf(HasSubstr("workload = \"dbwin\""), HasSubstr("remaps = 8 ")));
}

TEST_F(SweepCommandLine, TakesRangesOfFractions) {
  write_sweep(
      "methods = 'mmap'\nworkload = 'zipf'\nvisits = 5\n"
      "[grid]\nskew = { from = 0.1, to = 0.5, step = 0.1 }\n");
  ASSERT_EQ(sweep("s.toml").exit_code, 0);
  EXPECT_EQ(one("SELECT group_concat(json_extract(point, '$.skew')) FROM configuration"),
            "0.1,0.2,0.3,0.4,0.5");
}

TEST_F(SweepCommandLine, SaysWhatIsWrongInOneLine) {
  expect_refusal("sweep", "sweep: no file");
  expect_refusal("sweep none.toml", "none.toml: cannot read this file");
  expect_refusal("sweep s.toml --jbos 3", "did you mean '--jobs'?");
  const std::map<std::string, std::string> texts{
      {"[grid]\nwindow_page = [1]", "s.toml:2: unknown parameter 'window_page'; did you mean"},
      {"[grid.mmu]\ntlb0_set = [1]", "unknown parameter 'mmu.tlb0_set'; did you mean"},
      {"[[list]]\nkernl = '3.8'", "s.toml:2: unknown parameter 'kernl'; did you mean 'kernel'?"},
      {"[grids]\nwindow_pages = [1]", "s.toml:1: unknown table 'grids'; did you mean [grid]?"},
      {"[[lst]]\nwindow_pages = 1", "s.toml:1: unknown table 'lst'; did you mean [[list]]?"},
      {"[grid]\nskew = { from = 0.5, to = 0.9 }", "either a factor or a step"},
      {"[grid]\nskew = { from = 0.5, to = 0.9, step = 0.0 }", "the range has no end"},
      {"[grid]\nskew = { from = 0.5, to = 0.9, factor = 1.0 }", "the range has no end"},
      {"[grid]\nskew = { from = 0.5, to = inf, factor = 2.0 }", "is no finite number"},
      {"[grid]\nskew = { from = 'a', to = 1, factor = 2 }", "'from' is no number"},
      {"[grid]\nskew = { from = 0.0, to = 1, step = 1e-9 }", "more than 100000 values"},
      {"wrkload = 'dbwin'", "s.toml:1: unknown parameter 'wrkload'"},
      {"[grid]\nwindow_pages = []", "'window_pages' has no values"},
      {"[grid]\nwindow_pages = 3", "must be a list, or a range"},
      {"[grid]\nwindow_pages = [3, 3]", "3 stands here twice"},
      {"[grid]\nwindow_pages = { from = 1, to = 4 }", "either a factor or a step"},
      {"[grid]\nwindow_pages = { from = 0, to = 4, factor = 2 }", "the range has no end"},
      {"[grid]\nwindow_pages = { from = 1, to = 4, step = 0 }", "the range has no end"},
      {"[grid]\nwindow_pages = { from = 5, to = 4, step = 1 }", "a range goes up"},
      {"[grid]\nwindow_pages = { from = 1, to = 4, by = 2 }", "not 'by'"},
      {"[grid]\nwindow_pages = { from = 1, to = 1000000, step = 1 }", "more than 100000 values"},
      {"[grid]\nmethods = ['mmap']", "stands above [grid]"},
      {"[grid]\nseed = [1, 2]\n[mmu]\n[[list]]\nseed = 3", "is in the grid and in the list"},
      {"seeds = 0", "from 1 to 10000"},
      {"seeds = 2\n[grid]\nseed = [1, 2]", "one of them"},
      {"list = 3", "'list' must be tables"},
      {"methods = ['mmapp']", "there is no 'mmapp'; did you mean 'mmap'?"},
      {"[grid]\nkernel = ['3.9']", "there is no '3.9'"},
      {"extends = 's.toml'", "s.toml:1: files extend each other in a circle: s.toml -> s.toml"},
      {"extends = 'no.toml'", "no.toml: cannot read this file"},
      {"extends = 3", "must be the path of a file"},
      {"[grid]\nwindow_pages = [1", "s.toml:2: "}};
  for (const auto& [text, what] : texts) {
    write_sweep(text);
    expect_refusal("sweep s.toml", what);
  }
  write_text(folder_ / "a.toml", "extends = 'b.toml'");
  write_text(folder_ / "b.toml", "remaps = 3\nextends = './a.toml'");
  expect_refusal("compare --config a.toml",
                 "b.toml:2: files extend each other in a circle: a.toml -> b.toml -> ./a.toml");
  write_sweep(kSmallSweep);
  expect_refusal("compare --config s.toml", "tessera sweep s.toml runs it");
  expect_refusal("sweep s.toml -o no/s.sqlite", "there is no folder no");
  expect_refusal("sweep s.toml --jobs 0", "--jobs");
  for (const char* slice : {"3/3", "1", "/", "a/b", "0/0"}) {
    expect_refusal(std::string("sweep s.toml --slice ") + slice, "--slice");
  }
}

TEST_F(SweepCommandLine, MakesAPageAndTables) {
  write_sweep(kSmallSweep);
  ASSERT_EQ(sweep("s.toml").exit_code, 0);
  ASSERT_EQ(sweep("report s.sqlite -o page.html").exit_code, 0);
  EXPECT_THAT(contents_of(folder_ / "page.html"), StartsWith("<!DOCTYPE html>"));
  ASSERT_EQ(sweep("report s.sqlite --format markdown -o t.md").exit_code, 0);
  EXPECT_THAT(contents_of(folder_ / "t.md"),
              AllOf(StartsWith("## cycles_per_access, rfp : mmap\n\n### kernel 3.8\n"),
                    HasSubstr("### Crossover along window_pages"),
                    HasSubstr("Fewest cycles an access, of 6 combinations: ")));
  EXPECT_EQ(sweep("report s.sqlite --format markdown").out, contents_of(folder_ / "t.md"));
  expect_refusal("sweep report s.sqlite --format htm -o x", "did you mean 'html'?");
  expect_refusal("sweep report none -o x", "none: there is no such file");
  expect_refusal("sweep report s.sqlite -o no/x", "there is no folder no");
}

// What sbatch and squeue say stands in files, so that no Slurm is needed: a task is run at once.
TEST_F(SweepCommandLine, SubmitsWhatIsMissingAsAJobArray) {
  write_sweep(kSmallSweep);
  ASSERT_EQ(sweep("s.toml").exit_code, 0);
  const std::string alone = rows();
  fs::remove(folder_ / "s.sqlite");
  fs::create_directory(folder_ / "bin");
  write_text(folder_ / "bin/squeue", "#!/bin/sh\n");
  // Of the first array the second task fails.
  write_text(folder_ / "bin/sbatch",
             "#!/bin/sh\n[ \"$1\" = --version ] && exit\n"
             "echo \"$*\" >>calls\nfor last; do :; done\n"
             "list=$(echo \"$*\" | sed 's/.*--array=\\([0-9,]*\\).*/\\1/; y/,/ /')\n"
             "for i in $list; do\n"
             "  [ \"$i$(wc -l <calls)\" = 11 ] || SLURM_ARRAY_TASK_ID=$i sh \"$last\" >/dev/null\n"
             "done\necho '7;here'\n");
  for (const char* name : {"bin/squeue", "bin/sbatch"}) {
    fs::permissions(folder_ / name, fs::perms::owner_all);
  }
  const std::string command = "cd '" + folder_.string() + "' && PATH=\"$PWD/bin:$PATH\" '" +
                              TESSERA_COMMAND + "' sweep s.toml --slurm --tasks 3 >out 2>err";
  ASSERT_EQ(std::system(command.c_str()), 0) << contents_of(folder_ / "err");
  EXPECT_EQ(rows(), alone);
  EXPECT_THAT(contents_of(folder_ / "calls"),
              ::testing::ContainsRegex("--array=0,1,2 .*\n.*--array=1 "));
  EXPECT_EQ(contents_of(folder_ / "s.sqlite.slurm/job"), "7\n");
  ASSERT_EQ(std::system(command.c_str()), 0);
  const std::string calls = contents_of(folder_ / "calls");
  EXPECT_EQ(std::count(calls.begin(), calls.end(), '\n'), 2);
}

TEST_F(SweepCommandLine, SaysThatThereIsNoSlurm) {
  write_sweep(kSmallSweep);
  const std::string command = "cd '" + folder_.string() + "' && PATH=/nowhere '" + TESSERA_COMMAND +
                              "' sweep s.toml --slurm >out 2>err";
  EXPECT_EQ(WEXITSTATUS(std::system(command.c_str())), 2);
  EXPECT_THAT(contents_of(folder_ / "err"),
              AllOf(StartsWith("tessera: "), HasSubstr("'sbatch'"), HasSubstr("slurm-client")));
  EXPECT_EQ(contents_of(folder_ / "out"), "");
  EXPECT_FALSE(fs::exists(folder_ / "s.sqlite"));
  expect_refusal("sweep s.toml --slurm --tasks 0", "--tasks");
  // Slurm's commands are there, its controller is not.
  fs::create_directory(folder_ / "bin");
  write_text(folder_ / "bin/sbatch", "#!/bin/sh\n");
  write_text(folder_ / "bin/squeue",
             "#!/bin/sh\necho 'Unable to contact slurm controller'\nexit 1\n");
  for (const char* name : {"bin/squeue", "bin/sbatch"}) {
    fs::permissions(folder_ / name, fs::perms::owner_all);
  }
  const std::string alone = "cd '" + folder_.string() + "' && PATH=\"$PWD/bin:$PATH\" '" +
                            TESSERA_COMMAND + "' sweep s.toml --slurm >out 2>err";
  EXPECT_EQ(WEXITSTATUS(std::system(alone.c_str())), 2);
  EXPECT_EQ(contents_of(folder_ / "err"), "tessera: squeue: Unable to contact slurm controller\n");
  EXPECT_FALSE(fs::exists(folder_ / "s.sqlite"));
  EXPECT_FALSE(fs::exists(folder_ / "s.sqlite.slurm"));
}

TEST_F(SweepCommandLine, RefusesAFileThatHoldsSomethingElse) {
  write_sweep(kSmallSweep);
  write_text(folder_ / "text", "hello, this is no database, though it is long enough to be one");
  expect_refusal("sweep s.toml -o text", "text: this is no file of a sweep");
  expect_refusal("sweep export text --csv x.csv", "text: this is no file of a sweep");
  expect_refusal("sweep export none --csv x.csv", "none: there is no such file");
  ASSERT_EQ(sweep("s.toml -o other").exit_code, 0);
  write_sweep(std::string(kSmallSweep) + "touch = [3, 4]\n");
  const std::string before = contents_of(folder_ / "other");
  expect_refusal("sweep s.toml -o other", "other: ");
  EXPECT_EQ(contents_of(folder_ / "other"), before);
}

TEST_F(SweepCommandLine, SaysThatADiskIsFullAndKeepsWhatItHas) {
  write_sweep(kSmallSweep);
  // A limit on the size of files stands for a full disk: SQLite cannot write either way.
  const std::string limited = "sweep s.toml -o full >said 2>&1 #";
  const std::string command = "cd '" + folder_.string() + "' && (trap '' XFSZ; ulimit -f 8; '" +
                              TESSERA_COMMAND + "' " + limited + "\n)";
  EXPECT_EQ(WEXITSTATUS(std::system(command.c_str())), 2);
  const std::string said = contents_of(folder_ / "said");
  EXPECT_THAT(said, StartsWith("tessera: full: "));
  EXPECT_EQ(std::count(said.begin(), said.end(), '\n'), 1) << said;
  EXPECT_FALSE(fs::exists(folder_ / "full"));
}

}  // namespace
}  // namespace tessera::cli
