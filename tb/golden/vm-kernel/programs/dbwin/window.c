#include "dbwin/window.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "common/page.h"

static volatile uint32_t sink;  // keeps reads that nobody checks

static void end_with(const char* what) {
  perror(what);
  exit(1);
}

static int open_file(const char* path) {
  const int file = strcmp(path, "memfd") == 0 ? (int)syscall(SYS_memfd_create, "db", 0U)
                                              : open(path, O_RDWR | O_CREAT, 0600);
  if (file < 0) {
    end_with(path);
  }
  return file;
}

static void write_pages(int file, unsigned long pages) {
  static uint32_t page[PAGE_WORDS];
  if (lseek(file, 0, SEEK_END) >= (off_t)pages * (off_t)PAGE_BYTES) {
    return;
  }
  for (unsigned long i = 0; i < pages; ++i) {
    page[0] = (uint32_t)i;
    if (pwrite(file, page, sizeof page, (off_t)i * (off_t)sizeof page) != (ssize_t)sizeof page) {
      end_with("pwrite");
    }
  }
}

struct window open_window(const struct parameters* parameters) {
  struct window window = {
      .parameters = parameters,
      .file = open_file(parameters->path),
      // Below 4 GB a 64-bit process has its own text; a 32-bit one has no room elsewhere.
      .base = sizeof(long) == 8 ? 0x20000000UL << 4 : 0x20000000UL,
      .random = seeded_generator(parameters->seed, 2),
  };
  write_pages(window.file, parameters->file_pages);
  if (mmap((void*)window.base, parameters->window_pages * PAGE_BYTES, PROT_READ | PROT_WRITE,
           MAP_SHARED | MAP_FIXED, window.file, 0) == MAP_FAILED) {
    end_with("mmap");
  }
  return window;
}

unsigned long window_end(const struct window* window) {
  return window->base + window->parameters->window_pages * PAGE_BYTES;
}

static volatile uint32_t* page_at(const struct window* window, unsigned long page) {
  return (volatile uint32_t*)(window->base + page * PAGE_BYTES);
}

void read_window(const struct window* window) {
  for (unsigned long page = 0; page < window->parameters->window_pages; ++page) {
    sink += *page_at(window, page);
  }
}

/// Puts the element at page `slot` of the window; -1 and errno if the kernel would not.
static long place_element(struct window* window, unsigned long slot, unsigned long pgoff) {
  const enum method method = window->parameters->method;
  const unsigned long bytes = window->parameters->element_pages * PAGE_BYTES;
  void* const place = (void*)page_at(window, slot);
  if (method == METHOD_NONE) {
    return 0;
  }
  ++window->calls;
  if (method == METHOD_RFP || method == METHOD_RFP_NB) {
    const unsigned long flags = method == METHOD_RFP_NB ? MAP_NONBLOCK : 0;
    return syscall(SYS_remap_file_pages, place, bytes, 0UL, pgoff, flags);
  }
  const int populate = method == METHOD_MMAP_POP ? MAP_POPULATE : 0;
  return (long)mmap(place, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED | populate,
                    window->file, (off_t)pgoff * (off_t)PAGE_BYTES);
}

static void read_element(struct window* window, unsigned long slot, unsigned long pgoff) {
  const struct parameters* parameters = window->parameters;
  for (unsigned long i = 0; i < parameters->element_pages; ++i) {
    const uint32_t word = *page_at(window, slot + i);
    sink += word;
    window->wrong_pages += parameters->method != METHOD_NONE && word != pgoff + i;
  }
}

static void write_element(const struct window* window, unsigned long slot, unsigned long round) {
  for (unsigned long i = 0; i < window->parameters->element_pages; ++i) {
    page_at(window, slot + i)[1] = (uint32_t)round;
  }
}

static void read_at_random(struct window* window) {
  for (int i = 0; i < window->parameters->touch; ++i) {
    const uint32_t pages = (uint32_t)window->parameters->window_pages;
    sink += *page_at(window, random_below(&window->random, pages));
  }
}

int run_round(struct window* window, unsigned long round) {
  const struct parameters* parameters = window->parameters;
  const unsigned long element = parameters->element_pages;
  const uint32_t slots = (uint32_t)(parameters->window_pages / element);
  const uint32_t elements = (uint32_t)(parameters->file_pages / element);
  const unsigned long slot = random_below(&window->random, slots) * element;
  const unsigned long pgoff = random_below(&window->random, elements) * element;
  if (place_element(window, slot, pgoff) == -1) {
    return errno;
  }
  if (parameters->touch == 2) {
    write_element(window, slot, round);
  } else if (parameters->touch != 0) {
    read_element(window, slot, pgoff);
  }
  if (parameters->touch > 2) {
    read_at_random(window);
  }
  return 0;
}
