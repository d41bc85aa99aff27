// What the window of a database costs: random elements of a large file are put in random places of
// a small window, one after the other. One CSV row a run (README.md).

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/utsname.h>
#include <time.h>

#include "common/mark.h"
#include "dbwin/helpers.h"
#include "dbwin/parameters.h"
#include "dbwin/process.h"
#include "dbwin/window.h"

/// What is counted around the rounds.
struct counts {
  struct rusage usage;
  double seconds;
};

/// Time is read second: on first use it costs a page fault, the one by which `minflt` of every row
/// is above the faults of the rounds.
static void count_now(struct counts* counts) {
  struct timespec now;
  getrusage(RUSAGE_THREAD, &counts->usage);
  clock_gettime(CLOCK_MONOTONIC, &now);
  counts->seconds = (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/// What memory the kernel needs for the process.
struct costs {
  long page_table_kilobytes;
  long vma_objects;
};

static struct costs read_costs(void) {
  return (struct costs){status_kilobytes("VmPTE"), slab_objects("vm_area_struct")};
}

/// How the rounds ended.
struct run {
  unsigned long done;
  int error;
};

static struct run run_rounds(struct window* window) {
  struct run run = {0, 0};
  mark();
  while (run.done < window->parameters->rounds) {
    run.error = run_round(window, run.done);
    if (run.error != 0) {
      break;
    }
    ++run.done;
  }
  mark();
  return run;
}

static const char* error_text(int error) {
  if (error == 0) {
    return "0";
  }
  return error == ENOMEM ? "ENOMEM" : strerror(error);
}

static void print_parameters(const struct parameters* p) {
  struct utsname system;
  uname(&system);
  printf("%s,%s,%s,%lu,%lu,%lu,%lu,%s,%d,%d,", system.release, system.machine, p->file_system,
         p->file_pages, p->window_pages, p->element_pages, p->rounds, p->method_name, p->seed,
         p->touch);
}

static void print_counts(const struct window* window, struct run run, const struct counts* before,
                         const struct counts* after) {
  printf("%lu,%s,%ld,%ld,%ld,%lu,%.4f,", run.done, error_text(run.error),
         count_vmas(window->base, window_end(window)),
         after->usage.ru_minflt - before->usage.ru_minflt,
         after->usage.ru_majflt - before->usage.ru_majflt, window->calls,
         after->seconds - before->seconds);
}

static void print_row(const struct parameters* parameters) {
  struct window window = open_window(parameters);
  const struct costs costs_before = read_costs();
  struct counts before = {0};
  struct counts after = {0};
  if (parameters->touch > 2) {
    read_window(&window);
  }
  start_helpers(&window);
  count_now(&before);
  const struct run run = run_rounds(&window);
  count_now(&after);
  stop_helpers();
  print_parameters(parameters);
  print_counts(&window, run, &before, &after);
  const struct costs costs_after = read_costs();
  printf("%ld,%ld,%ld,%ld,%s\n", costs_before.page_table_kilobytes,
         costs_after.page_table_kilobytes, costs_before.vma_objects, costs_after.vma_objects,
         window.wrong_pages == 0 ? "ok" : "BAD");
}

int main(int argc, char** argv) {
  if (argc == 1) {
    puts(
        "kernel,machine,fs,F,W,elem,N,method,seed,touch,done,err,vmas,minflt,majflt,syscalls,sec,"
        "vmpte_before_kb,vmpte_after_kb,slab_vma_before,slab_vma_after,check");
    return 0;
  }
  if (argc < 9 || argc > 11) {
    fprintf(
        stderr,
        "usage: dbwin FILE FILE_SYSTEM FILE_PAGES WINDOW_PAGES ELEMENT_PAGES ROUNDS METHOD SEED\n"
        "             [TOUCH [THREADS]]\n"
        "METHOD: mmap, mmap_pop, rfp, rfp_nb, none; without arguments: the names of the columns\n");
    return 2;
  }
  const struct parameters parameters = read_parameters(argc, argv);
  print_row(&parameters);
  return 0;
}
