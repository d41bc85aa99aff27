#include "tlbcount/symbols.h"

#include <stdio.h>
#include <string.h>

static struct symbol symbols[128];
static size_t count;

void read_symbols(const char* path) {
  FILE* file = fopen(path, "r");
  if (file == NULL) {
    perror(path);
    return;
  }
  char line[256];
  while (count < sizeof symbols / sizeof symbols[0] && fgets(line, sizeof line, file) != NULL) {
    struct symbol* symbol = &symbols[count];
    unsigned long address;
    if (sscanf(line, "%lx %63s", &address, symbol->name) == 2) {
      symbol->address = address;
      ++count;
    }
  }
  fclose(file);
}

size_t symbol_count(void) { return count; }

struct symbol* symbol_at(size_t index) {
  return &symbols[index];
}

struct symbol* find_symbol(const char* name) {
  for (size_t i = 0; i < count; ++i) {
    if (strcmp(symbols[i].name, name) == 0) {
      return &symbols[i];
    }
  }
  return NULL;
}
