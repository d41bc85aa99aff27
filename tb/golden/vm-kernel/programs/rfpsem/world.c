#include "rfpsem/world.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

static const unsigned long window_bytes = WINDOW_PAGES * PAGE_BYTES;

static const char* path_of_file;
static int file = -1;
static sigjmp_buf after_access;
static volatile int caught_signal;

static void on_signal(int signal) {
  caught_signal = signal;
  siglongjmp(after_access, 1);
}

static void catch_signals(void) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = on_signal;
  action.sa_flags = SA_NODEFER;  // siglongjmp leaves the handler
  sigaction(SIGBUS, &action, NULL);
  sigaction(SIGSEGV, &action, NULL);
}

void open_world(const char* path) {
  path_of_file = path;
  file = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
  if (file < 0) {
    perror(path);
    exit(1);
  }
  catch_signals();
  fill_file();
}

int world_file(void) { return file; }

const char* world_path(void) { return path_of_file; }

void fill_file(void) {
  static uint32_t page[PAGE_WORDS];
  for (int i = 0; i < WINDOW_PAGES; ++i) {
    page[0] = (uint32_t)(FIRST_WORD + i);
    if (pwrite(file, page, sizeof page, (off_t)i * (off_t)sizeof page) != (ssize_t)sizeof page) {
      perror("pwrite");
    }
  }
}

char* page_at(int page) { return (char*)(WINDOW_BASE + (unsigned long)page * PAGE_BYTES); }

void map_window(int type) {
  munmap(page_at(0), 2 * window_bytes);
  void* const place =
      mmap(page_at(0), window_bytes, PROT_READ | PROT_WRITE, type | MAP_FIXED, file, 0);
  if (place != page_at(0)) {
    perror("mmap");
    exit(1);
  }
}

void map_other(int protection, int flags, int other) {
  munmap(page_at(0), window_bytes);
  mmap(page_at(0), window_bytes, protection, flags | MAP_FIXED, other, 0);
}

long remap_bytes(char* start, unsigned long size, int protection, unsigned long pgoff, int flags) {
  errno = 0;
  return syscall(SYS_remap_file_pages, start, size, (unsigned long)protection, pgoff,
                 (unsigned long)flags);
}

long remap(int page, int pages, unsigned long pgoff, int flags) {
  return remap_bytes(page_at(page), (unsigned long)pages * PAGE_BYTES, 0, pgoff, flags);
}

void reverse_window(int flags) {
  for (int i = 0; i < WINDOW_PAGES; ++i) {
    remap(i, 1, (unsigned long)(WINDOW_PAGES - 1 - i), flags);
  }
}

long read_word(const char* address) {
  if (sigsetjmp(after_access, 1) != 0) {
    return caught_signal == SIGBUS ? BUS_ERROR : SEGMENTATION_FAULT;
  }
  return (long)*(const volatile uint32_t*)address;
}

long shown_page(int page) { return read_word(page_at(page)) - FIRST_WORD; }

int is_reversed(void) {
  int reversed = 1;
  for (int i = 0; i < WINDOW_PAGES; ++i) {
    reversed &= shown_page(i) == WINDOW_PAGES - 1 - i;
  }
  return reversed;
}

long minor_faults(void) {
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_minflt;
}
