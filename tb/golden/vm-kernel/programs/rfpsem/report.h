#pragma once

/// What the lines say of the file system.
void set_file_system(const char* name);

/// "PASS" or "FAIL", the name and a detail (printf).
__attribute__((format(printf, 3, 4))) void report(const char* name, int passed, const char* detail,
                                                  ...);

/// A number a kernel is free to choose, as "ret=": -1 is shown as the name of errno.
void report_value(const char* name, long value);

/// A free line, "INFO" (printf).
__attribute__((format(printf, 1, 2))) void report_note(const char* format, ...);

/// The VMAs of the window and as many pages behind it, from /proc/self/smaps.
void report_vmas(const char* name);

/// The value, or "-" and the name of errno for -1. Lasts until the next call but three.
const char* value_text(long value);
