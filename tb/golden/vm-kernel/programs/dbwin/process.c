#include "dbwin/process.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/// Reads a file line by line until `look` is content; false if no line was, or there is no file.
static bool find_line(const char* path, bool (*look)(const char* line, void* wanted),
                      void* wanted) {
  FILE* file = fopen(path, "r");
  if (file == NULL) {
    return false;
  }
  char line[512];
  bool found = false;
  while (!found && fgets(line, sizeof line, file) != NULL) {
    found = look(line, wanted);
  }
  fclose(file);
  return found;
}

struct number {
  const char* name;
  long value;
};

static bool read_status(const char* line, void* wanted) {
  struct number* number = wanted;
  const size_t length = strlen(number->name);
  if (strncmp(line, number->name, length) != 0 || line[length] != ':') {
    return false;
  }
  number->value = strtol(line + length + 1, NULL, 10);
  return true;
}

long status_kilobytes(const char* key) {
  struct number number = {key, -1};
  find_line("/proc/self/status", read_status, &number);
  return number.value;
}

static bool read_slab(const char* line, void* wanted) {
  struct number* number = wanted;
  char name[64];
  long objects;
  if (sscanf(line, "%63s %ld", name, &objects) != 2 || strcmp(name, number->name) != 0) {
    return false;
  }
  number->value = objects;
  return true;
}

long slab_objects(const char* cache) {
  struct number number = {cache, -1};
  find_line("/proc/slabinfo", read_slab, &number);
  return number.value;
}

struct range {
  unsigned long low;
  unsigned long high;
  long vmas;
};

static bool count_vma(const char* line, void* wanted) {
  struct range* range = wanted;
  unsigned long start;
  unsigned long end;
  if (sscanf(line, "%lx-%lx", &start, &end) == 2 && end > range->low && start < range->high) {
    ++range->vmas;
  }
  return false;
}

long count_vmas(unsigned long low, unsigned long high) {
  struct range range = {low, high, 0};
  find_line("/proc/self/maps", count_vma, &range);
  return range.vmas;
}
