// Performs seeded random VM operations on a window of 64 pages and logs what the kernel did, one
// line an operation (README.md). Nothing of malloc runs while it logs.

#include <stdio.h>
#include <stdlib.h>
#include <sys/utsname.h>

#include "vmlog/measure.h"
#include "vmlog/operations.h"
#include "vmlog/output.h"
#include "vmlog/vma_list.h"
#include "vmlog/window.h"

/// An operation and how many times in a thousand it is drawn, by profile.
struct kind {
  void (*log)(const struct step*, const struct files*);
  int mixed;
  int nonlinear_heavy;
};

static const struct kind kinds[] = {
    {log_touch, 420, 430},  {log_mmap, 130, 50},  {log_munmap, 50, 15},
    {log_mprotect, 80, 35}, {log_mremap, 80, 25}, {log_remap_file_pages, 120, 370},
    {log_madvise, 40, 30},  {log_mlock, 18, 10},  {log_munlock, 22, 12},
    {log_msync, 20, 13},    {log_mincore, 15, 8}, {log_ftruncate, 5, 2},
};

static const struct kind* draw_kind(const struct step* step) {
  int left = draw_below(step, 1000);
  const struct kind* kind = kinds;
  for (const struct kind* last = kinds + sizeof kinds / sizeof kinds[0] - 1; kind != last; ++kind) {
    const int share = step->nonlinear_heavy ? kind->nonlinear_heavy : kind->mixed;
    if (left < share) {
      break;
    }
    left -= share;
  }
  return kind;
}

static void log_steps(int seed, int operations, int profile, const struct files* files) {
  struct generator random = seeded_generator(seed, 8);
  for (int number = 0; number < operations; ++number) {
    const struct step step = {number, profile != 0, &random};
    const struct kind* kind = draw_kind(&step);
    print("%d ", number);
    (number == 0 ? log_mmap : kind->log)(&step, files);
    print(" f=%ld,%ld", minor_faults(), major_faults());
    print_vma_list(files);
    print("\n");
    flush_output();
  }
}

static void print_header(int seed, int operations, int profile, const char* file_system) {
  struct utsname system;
  uname(&system);
  print(
      "# vmlog 1 seed=%d nops=%d profile=%d fs=%s kernel=%s machine=%s page=%lu win=%d fileA=%d "
      "fileB=%d\n",
      seed, operations, profile, file_system, system.release, system.machine, PAGE_BYTES,
      WINDOW_PAGES, FILE_A_PAGES, FILE_B_PAGES);
  flush_output();
}

int main(int argc, char** argv) {
  if (argc != 7 && argc != 8) {
    fprintf(stderr,
            "usage: vmlog SEED OPERATIONS PROFILE FILE_A FILE_B FILE_SYSTEM [nosync]\n"
            "PROFILE: 0 mixed, 1 nonlinear-heavy; FILE_SYSTEM: what the header shows\n");
    return 2;
  }
  const int seed = atoi(argv[1]);
  const int operations = atoi(argv[2]);
  const int profile = atoi(argv[3]);
  const struct files files = open_files(argv[4], argv[5], argc == 7);
  open_vma_list();
  catch_signals();
  warm_output();
  warm_measures(WINDOW_BASE, files.b, (off_t)FILE_B_PAGES * (off_t)PAGE_BYTES);
  if (count_vmas(&files) != 0) {
    fprintf(stderr, "vmlog: something is mapped in the window at 0x%lx\n", WINDOW_BASE);
    return 1;
  }
  print_header(seed, operations, profile, argv[6]);
  log_steps(seed, operations, profile, &files);
  print("# end\n");
  flush_output();
  return 0;
}
