#pragma once

#include <stddef.h>
#include <stdint.h>

/// A kernel function whose calls are counted.
struct symbol {
  uint64_t address;
  char name[64];
  uint64_t calls;
};

/// Adds the functions of a file of lines "<hexadecimal address> <name>" (nm's order), as far as
/// there is room.
void read_symbols(const char* path);

/// Those read so far.
size_t symbol_count(void);
struct symbol* symbol_at(size_t index);

/// The symbol of that name; null if there is none.
struct symbol* find_symbol(const char* name);
