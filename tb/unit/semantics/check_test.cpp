#include "sw/semantics/check.hpp"

#include <iostream>
#include <set>

#include <gtest/gtest.h>

#include "sw/semantics/outcome.hpp"
#include "tb/unit/semantics/subjects.hpp"

namespace tessera::semantics::test {
namespace {

TEST(Checks, HaveNamesOfTheirOwnAndAStoryOfOneLine) {
  std::set<std::string_view> names;
  for (const Check& check : all_checks()) {
    EXPECT_TRUE(names.insert(check.name).second) << check.name;
    EXPECT_FALSE(check.story.empty()) << check.name;
    EXPECT_EQ(check.story.find('\n'), std::string_view::npos) << check.name;
  }
  EXPECT_GE(names.size(), 60U);
}

TEST(Checks, LeaveTheirProcessSoundOnEveryKernelAndFileSystem) {
  unsigned runs = 0;
  for (const std::string_view kernel : vm::kernel_names()) {
    const std::string_view format = usual_format(*vm::find_kernel(kernel));
    for (const std::string_view file_system : vm::file_system_names()) {
      for (const Check& check : all_checks()) {
        Process process(subject(kernel, format, file_system));
        check.run(process);
        EXPECT_TRUE(process.space().audit().empty())
            << check.name << " on " << kernel << ' ' << file_system;
        ++runs;
      }
    }
  }
  EXPECT_GE(runs, 700U);
  std::cout << runs << " runs audited\n";
}

TEST(Checks, EndTheSameEachTime) {
  for (const Check& check : all_checks()) {
    Process first(subject("3.8", "fsl64", "tmpfs"));
    Process second(subject("3.8", "fsl64", "tmpfs"));
    EXPECT_EQ(check.run(first), check.run(second)) << check.name;
  }
}

TEST(Outcome, TellsWhatAPageShows) {
  Process process(subject("3.8", "fsl64", "tmpfs"));
  EXPECT_EQ(shown(process.read(7)), "7");
  EXPECT_EQ(shown(process.read(kWindowPages)), "SIGSEGV");
  process.file().truncate(PageCount(7));
  EXPECT_EQ(shown(process.read(7)), "SIGBUS");
}

TEST(Outcome, ListsVmasWithTheirNonlinearPages) {
  Process process(subject("3.8", "fsl64", "tmpfs"));
  process.remap(3, 2, 9);
  process.munmap(10, 22);
  EXPECT_EQ(vmas_of(process), "vmas=1 0-10:rw-s:off0:rss2:nonlin2:nl");
}

}  // namespace
}  // namespace tessera::semantics::test
