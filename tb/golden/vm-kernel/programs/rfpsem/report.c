#include "rfpsem/report.h"

#include <errno.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

static const char* file_system = "";

void set_file_system(const char* name) { file_system = name; }

static const char* error_name(int error) {
  switch (error) {
    case EINVAL:
      return "EINVAL";
    case ENOMEM:
      return "ENOMEM";
    case EFAULT:
      return "EFAULT";
    case EACCES:
      return "EACCES";
    case EOVERFLOW:
      return "EOVERFLOW";
    case ENODEV:
      return "ENODEV";
    default:
      return strerror(error);
  }
}

const char* value_text(long value) {
  static char texts[4][24];
  static int next;
  next = (next + 1) % 4;
  char* const text = texts[next];
  if (value == -1) {
    snprintf(text, sizeof texts[0], "-%s", error_name(errno));
  } else {
    snprintf(text, sizeof texts[0], "%ld", value);
  }
  return text;
}

void report(const char* name, int passed, const char* detail, ...) {
  printf("%s %s %s ", passed ? "PASS" : "FAIL", file_system, name);
  va_list arguments;
  va_start(arguments, detail);
  vprintf(detail, arguments);
  va_end(arguments);
  printf("\n");
  fflush(stdout);  // what a forked child inherits must be empty
}

void report_value(const char* name, long value) { report(name, 1, "ret=%s", value_text(value)); }

void report_note(const char* format, ...) {
  printf("INFO %s ", file_system);
  va_list arguments;
  va_start(arguments, format);
  vprintf(format, arguments);
  va_end(arguments);
  printf("\n");
  fflush(stdout);
}
