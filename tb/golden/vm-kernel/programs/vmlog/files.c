#include "vmlog/files.h"

#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/page.h"

static int open_or_end(const char* path, int flags) {
  const int file = open(path, flags, 0600);
  if (file < 0) {
    perror(path);
    exit(1);
  }
  return file;
}

static void fill(int file, unsigned letter, int pages) {
  static uint32_t page[PAGE_WORDS];
  if (ftruncate(file, 0) != 0) {
    perror("ftruncate");
    exit(1);
  }
  for (int i = 0; i < pages; ++i) {
    page[0] = letter << 24 | (uint32_t)i;
    if (pwrite(file, page, sizeof page, (off_t)i * (off_t)PAGE_BYTES) != (ssize_t)sizeof page) {
      perror("pwrite");
      exit(1);
    }
  }
}

struct files open_files(const char* path_a, const char* path_b, bool synchronise) {
  struct files files = {0};
  files.a = open_or_end(path_a, O_RDWR | O_CREAT | O_TRUNC);
  files.b = open_or_end(path_b, O_RDWR | O_CREAT | O_TRUNC);
  files.a_read_only = open_or_end(path_a, O_RDONLY);
  fill(files.a, 0xA, FILE_A_PAGES);
  fill(files.b, 0xB, FILE_B_PAGES);
  if (synchronise && (fsync(files.a) != 0 || fsync(files.b) != 0)) {
    perror("fsync");
    exit(1);
  }
  fstat(files.a, &files.a_status);
  fstat(files.b, &files.b_status);
  return files;
}
