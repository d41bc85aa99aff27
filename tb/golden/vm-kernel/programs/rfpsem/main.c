// Named checks of what remap_file_pages means on the kernel it runs on, on one file system: one
// line a check, "PASS" or "FAIL" for what every kernel should do, "(INFO)" behind the name for what
// kernels do differently (README.md).

#include <stdio.h>
#include <sys/utsname.h>

#include "rfpsem/checks.h"
#include "rfpsem/report.h"
#include "rfpsem/world.h"

int main(int argc, char** argv) {
  if (argc != 3) {
    fprintf(stderr,
            "usage: rfpsem FILE FILE_SYSTEM\n"
            "FILE is overwritten; FILE_SYSTEM: what the lines show\n");
    return 2;
  }
  set_file_system(argv[2]);
  open_world(argv[1]);
  struct utsname system;
  uname(&system);
  report_note("kernel %s %s ptrbits=%d", system.release, system.machine, (int)sizeof(long) * 8);
  check_order();
  check_persistence();
  check_vma_changes();
  check_arguments();
  check_mappings();
  check_truncate_and_lock();
  check_offsets(argv[2]);
  return 0;
}
