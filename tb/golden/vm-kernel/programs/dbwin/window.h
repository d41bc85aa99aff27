#pragma once

#include <stdint.h>

#include "common/generator.h"
#include "dbwin/parameters.h"

/// The file, the window on it, and what its pages have been found to hold.
struct window {
  const struct parameters* parameters;
  int file;
  unsigned long base;
  struct generator random;
  unsigned long wrong_pages;  ///< pages that did not show what they should
  unsigned long calls;        ///< system calls that put an element in place
};

/// Opens the file, writes its pages if it is shorter than asked (word 0 of each is its number), and
/// maps the window to its beginning. Ends the program if it cannot.
struct window open_window(const struct parameters* parameters);

/// Reads each page of the window once.
void read_window(const struct window* window);

/// Puts a random element of the file in a random place and touches it; 0, or errno if the kernel
/// would not.
int run_round(struct window* window, unsigned long round);

/// First address behind the window.
unsigned long window_end(const struct window* window);
