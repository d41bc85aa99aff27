#pragma once

#include <stdint.h>
#include <sys/types.h>

/// Calls and accesses between two readings of the fault counters (and two marks, for tlbcount/).
/// Whatever runs in between is in measure.c, and warm_measures has run it: a page of the logger's
/// own that is touched there for the first time would count.

/// What a system call returned.
struct outcome {
  long value;  ///< -1 on error
  int error;   ///< errno, meaningful on error only
};

/// Makes a system call of at most five arguments, counted.
struct outcome count_call(long number, unsigned long a, unsigned long b, unsigned long c,
                          unsigned long d, unsigned long e);

/// mmap and ftruncate by way of the library, counted: the raw calls differ between machines.
struct outcome count_mmap(unsigned long address, unsigned long length, int protection, int flags,
                          int file, off_t offset);
struct outcome count_ftruncate(int file, off_t length);

/// How an access ended: no signal, or the one it raised.
struct access {
  int signal;             ///< 0: none
  int code;               ///< si_code
  unsigned long address;  ///< si_addr
  uint32_t words[2];      ///< the first words of the page, of a read
};

/// Reads the first two words at an address, counted.
struct access count_read(unsigned long address);

/// Writes the second word at an address, counted.
struct access count_write(unsigned long address, uint32_t word);

/// Page faults from the beginning to the end of the last count (getrusage).
long minor_faults(void);
long major_faults(void);

/// SIGSEGV and SIGBUS end accesses, not the program.
void catch_signals(void);

/// Runs everything above a few times on the page at `address`, which is mapped before and after no
/// more; `file` keeps its size of `length`.
void warm_measures(unsigned long address, int file, off_t length);
