#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "rfpsem/checks.h"
#include "rfpsem/report.h"
#include "rfpsem/world.h"

static int forget_pages(void) {
  return madvise(page_at(0), WINDOW_PAGES * PAGE_BYTES, MADV_DONTNEED);
}

static void check_fork(const char* name) {
  const pid_t child = fork();
  if (child == 0) {
    _exit(is_reversed() ? 0 : 1);
  }
  int status = 1;
  waitpid(child, &status, 0);
  report(name, status == 0, "%s", "");
}

void check_persistence(void) {
  map_window(MAP_SHARED);
  reverse_window(0);
  const int advised = forget_pages() == 0;
  report_vmas("after_dontneed");
  report("dontneed_keeps_pgoff", is_reversed() && advised, "%s", "");
  check_fork("fork_inherits");
  forget_pages();
  check_fork("fork_inherits_nonpresent");
}
