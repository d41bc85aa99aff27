#include "dbwin/parameters.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static enum method method_of(const char* name) {
  static const char* const names[] = {"none", "mmap", "mmap_pop", "rfp", "rfp_nb"};
  for (size_t i = 0; i < sizeof names / sizeof names[0]; ++i) {
    if (strcmp(name, names[i]) == 0) {
      return (enum method)i;
    }
  }
  fprintf(stderr, "dbwin: no method '%s'; mmap, mmap_pop, rfp, rfp_nb, none\n", name);
  exit(2);
}

static unsigned long pages_of(const char* text) { return strtoul(text, NULL, 10); }

static int number_or(int argc, char** argv, int index, int otherwise) {
  return argc > index ? atoi(argv[index]) : otherwise;
}

struct parameters read_parameters(int argc, char** argv) {
  struct parameters parameters = {
      .path = argv[1],
      .file_system = argv[2],
      .file_pages = pages_of(argv[3]),
      .window_pages = pages_of(argv[4]),
      .element_pages = pages_of(argv[5]),
      .rounds = pages_of(argv[6]),
      .method_name = argv[7],
      .method = method_of(argv[7]),
      .seed = atoi(argv[8]),
      .touch = number_or(argc, argv, 9, 1),
      .threads = number_or(argc, argv, 10, 1),
  };
  if (parameters.element_pages == 0 || parameters.element_pages > parameters.window_pages ||
      parameters.element_pages > parameters.file_pages) {
    fprintf(stderr, "dbwin: an element is at least 1 page and at most the window or the file\n");
    exit(2);
  }
  return parameters;
}
