#include "vmlog/outcome.h"

#include <sys/mman.h>

#include "vmlog/names.h"
#include "vmlog/output.h"
#include "vmlog/window.h"

void print_outcome(struct outcome outcome) {
  if (outcome.value == -1) {
    print(" -> -%s", error_name(outcome.error));
  } else {
    print(" -> %ld", outcome.value);
  }
}

void print_place(struct outcome outcome, unsigned long length) {
  const unsigned long address = (unsigned long)outcome.value;
  if (outcome.value == -1) {
    print_outcome(outcome);
  } else if (address >= WINDOW_BASE && address < WINDOW_END) {
    print(" -> %lu", (address - WINDOW_BASE) / PAGE_BYTES);
  } else {
    print(" -> OUT");
    munmap((void*)address, length);
  }
}
