#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>

#include "vmlog/measure.h"
#include "vmlog/operations.h"
#include "vmlog/outcome.h"
#include "vmlog/output.h"
#include "vmlog/window.h"

struct advice {
  int value;
  const char* name;
};

static struct advice draw_advice(const struct step* step) {
  const int kind = draw_below(step, 100);
  if (kind < 8) {
    return (struct advice){MADV_RANDOM, "random"};
  }
  return kind < 14 ? (struct advice){MADV_NORMAL, "normal"}
                   : (struct advice){MADV_DONTNEED, "dontneed"};
}

void log_madvise(const struct step* step, const struct files* files) {
  (void)files;
  const struct span span = draw_span(step);
  const struct advice advice = draw_advice(step);
  const bool unaligned = draw_below(step, 40) == 0;
  print("madvise p=%d n=%d adv=%s%s", span.page, span.pages, advice.name,
        unaligned ? " bad=addr+8" : "");
  print_outcome(count_call(SYS_madvise, window_address(span.page) + (unaligned ? 8 : 0),
                           bytes_of(span.pages), (unsigned long)advice.value, 0, 0));
}

static void log_lock(const struct step* step, const char* name, long call) {
  const struct span span = draw_span(step);
  print("%s p=%d n=%d", name, span.page, span.pages);
  print_outcome(count_call(call, window_address(span.page), bytes_of(span.pages), 0, 0, 0));
}

void log_mlock(const struct step* step, const struct files* files) {
  (void)files;
  log_lock(step, "mlock", SYS_mlock);
}

void log_munlock(const struct step* step, const struct files* files) {
  (void)files;
  log_lock(step, "munlock", SYS_munlock);
}

static int draw_msync_flags(const struct step* step) {
  const int kind = draw_below(step, 100);
  if (kind < 35) {
    return MS_SYNC;
  }
  if (kind < 55) {
    return MS_ASYNC | MS_INVALIDATE;
  }
  return kind < 62 ? MS_SYNC | MS_ASYNC : MS_ASYNC;
}

void log_msync(const struct step* step, const struct files* files) {
  (void)files;
  const struct span span = draw_span(step);
  const int flags = draw_msync_flags(step);
  print("msync p=%d n=%d fl=%s%s%s", span.page, span.pages, flags & MS_SYNC ? "S" : "",
        flags & MS_ASYNC ? "A" : "", flags & MS_INVALIDATE ? "I" : "");
  print_outcome(count_call(SYS_msync, window_address(span.page), bytes_of(span.pages),
                           (unsigned long)flags, 0, 0));
}

void log_mincore(const struct step* step, const struct files* files) {
  (void)files;
  static unsigned char resident[WINDOW_PAGES + 1];
  const struct span span = draw_span(step);
  print("mincore p=%d n=%d", span.page, span.pages);
  memset(resident, 9, sizeof resident);  // so that the call itself faults none of it in
  const struct outcome outcome = count_call(SYS_mincore, window_address(span.page),
                                            bytes_of(span.pages), (unsigned long)resident, 0, 0);
  print_outcome(outcome);
  if (outcome.value == 0) {
    print(" vec=");
    for (int i = 0; i < span.pages; ++i) {
      print("%d", resident[i] & 1);
    }
  }
}

void log_ftruncate(const struct step* step, const struct files* files) {
  const int pages = 8 + draw_below(step, 25);
  print("ftruncate file=B n=%d", pages);
  print_outcome(count_ftruncate(files->b, (off_t)pages * (off_t)PAGE_BYTES));
}
