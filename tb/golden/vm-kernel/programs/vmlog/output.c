#include "vmlog/output.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

// No stdio stream: its buffers come from malloc, which may map memory in the middle of a run.
static char buffer[1 << 16];
static size_t used;

void print(const char* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  used += (size_t)vsnprintf(buffer + used, sizeof buffer - used, format, arguments);
  va_end(arguments);
}

void flush_output(void) {
  for (size_t written = 0; written < used;) {
    const ssize_t count = write(STDOUT_FILENO, buffer + written, used - written);
    if (count <= 0) {
      _exit(3);
    }
    written += (size_t)count;
  }
  used = 0;
}

void warm_output(void) { memset(buffer, 1, sizeof buffer); }
