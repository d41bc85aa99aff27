#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rfpsem/report.h"
#include "rfpsem/world.h"

static char text[2000];
static size_t length;

/// Adds ":<name><pages>" if the line tells a size in kilobytes under `key`.
static void add_pages(const char* line, const char* key, const char* name) {
  if (strncmp(line, key, strlen(key)) == 0) {
    length += (size_t)snprintf(text + length, sizeof text - length, ":%s%ld", name,
                               strtol(line + strlen(key), NULL, 10) / (long)(PAGE_BYTES / 1024));
  }
}

static void add_property(const char* line) {
  add_pages(line, "Rss:", "rss");
  add_pages(line, "Nonlinear:", "nonlin");  // Linux 3.x only
  if (strncmp(line, "VmFlags:", 8) == 0 && strstr(line, " nl") != NULL) {
    length += (size_t)snprintf(text + length, sizeof text - length, ":nl");
  }
}

/// Adds a VMA of the window; false if it lies elsewhere.
static bool add_heading(unsigned long start, unsigned long end, const char* rights,
                        unsigned long offset) {
  if (start < WINDOW_BASE || start >= WINDOW_BASE + 2 * WINDOW_PAGES * PAGE_BYTES) {
    return false;
  }
  length += (size_t)snprintf(text + length, sizeof text - length, " %lu-%lu:%s:off%lu",
                             (start - WINDOW_BASE) / PAGE_BYTES, (end - WINDOW_BASE) / PAGE_BYTES,
                             rights, offset / PAGE_BYTES);
  return true;
}

/// Reads smaps into `text`; the number of VMAs.
static int read_vmas(FILE* smaps) {
  char line[300];
  bool in_window = false;
  int count = 0;
  while (length <= 1700 && fgets(line, sizeof line, smaps) != NULL) {
    unsigned long start;
    unsigned long end;
    unsigned long offset;
    char rights[8];
    if (sscanf(line, "%lx-%lx %4s %lx", &start, &end, rights, &offset) == 4) {
      in_window = add_heading(start, end, rights, offset);
      count += in_window ? 1 : 0;
    } else if (in_window) {
      add_property(line);
    }
  }
  return count;
}

void report_vmas(const char* name) {
  FILE* smaps = fopen("/proc/self/smaps", "r");
  length = 0;
  text[0] = '\0';
  const int count = smaps == NULL ? 0 : read_vmas(smaps);
  if (smaps != NULL) {
    fclose(smaps);
  }
  report_note("%s vmas=%d%s", name, count, text);
}
