#include <sys/syscall.h>

#include "vmlog/measure.h"
#include "vmlog/names.h"
#include "vmlog/operations.h"
#include "vmlog/outcome.h"
#include "vmlog/output.h"
#include "vmlog/window.h"

/// A part of the window as a system call gets it, perhaps spoilt.
struct bytes {
  unsigned long address;
  unsigned long length;
  const char* wrong;
};

static struct bytes spoilt(struct span span, int kind) {
  struct bytes bytes = {window_address(span.page), bytes_of(span.pages), ""};
  if (kind == 0) {
    bytes.length = 0;
    bytes.wrong = " bad=len0";
  } else if (kind == 1) {
    bytes.address += 8;
    bytes.wrong = " bad=addr+8";
  }
  return bytes;
}

void log_munmap(const struct step* step, const struct files* files) {
  (void)files;
  const struct span span = draw_span(step);
  const int kind = draw_below(step, 40);
  struct bytes bytes = spoilt(span, kind);
  if (kind == 2) {
    bytes.length -= 100;
    bytes.wrong = " bad=len-100";
  }
  print("munmap p=%d n=%d%s", span.page, span.pages, bytes.wrong);
  print_outcome(count_call(SYS_munmap, bytes.address, bytes.length, 0, 0, 0));
}

void log_mprotect(const struct step* step, const struct files* files) {
  (void)files;
  const struct span span = draw_span(step);
  int protection = draw_protection(step);
  const int kind = draw_below(step, 40);
  struct bytes bytes = spoilt(span, kind);
  if (kind == 2) {
    protection |= UNKNOWN_PROTECTION;
    bytes.wrong = " bad=prot";
  }
  print("mprotect p=%d n=%d prot=%s%s", span.page, span.pages, protection_letters(protection),
        bytes.wrong);
  print_outcome(
      count_call(SYS_mprotect, bytes.address, bytes.length, (unsigned long)protection, 0, 0));
}
