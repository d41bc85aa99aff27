#pragma once

/// Adds to the line being written (printf).
__attribute__((format(printf, 1, 2))) void print(const char* format, ...);

/// Writes what was printed to standard output and forgets it. Ends the program if it cannot.
void flush_output(void);

/// Touches the buffer, so that printing costs no page faults later.
void warm_output(void);
